/** Knows how a Map runs its iterations: how many at once, and how many may fail. */
import type { MapState } from '../definition/definition.ts';
import { StateFailure } from '../failure.ts';
import { type Payload, payload } from '../payload.ts';
import { retrying } from '../retrying.ts';
import { type Branch, type Follow, type MapItem, newBranch, recordAborted } from '../run.ts';
import type { Leave, Visit } from '../visit.ts';

/** Iterations of an inline Map that run at the same time (Step Functions quota). */
const MOST_CONCURRENT = 40;

/** Failures that a Map forgives; one that says nothing fails with its first error. */
interface Tolerance {
  readonly count: number | undefined;
  readonly percentage: number | undefined;
}

const afterFailure = (
  error: unknown,
  { count, percentage }: Tolerance,
  failures: number,
  length: number,
): unknown => {
  if (count === undefined && percentage === undefined) return error;
  const tooMany = failures > (count ?? Number.POSITIVE_INFINITY);
  const tooLarge = (failures / length) * 100 > (percentage ?? Number.POSITIVE_INFINITY);
  if (!tooMany && !tooLarge) return undefined;
  return new StateFailure(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
};

/** The elements of an array, or the key-value pairs of an object. */
const itemsOf = async ({
  state,
  branch,
  read,
  refuse,
}: Visit<MapState>): Promise<readonly MapItem[]> => {
  const items = state.items ? await read(state.items) : branch.input.value;
  if (Array.isArray(items)) return items.map((Value, Index) => ({ Index, Value }));
  if (typeof items === 'object' && items !== null) {
    return Object.entries(items).map(([Key, Value], Index) => ({ Index, Key, Value }));
  }
  throw refuse('Items', 'A Map without Items needs an array or an object as its input');
};

/** What an iteration gets without an ItemSelector. */
const inputFor = ({ Key, Value }: MapItem): unknown => (Key === undefined ? Value : { Key, Value });

const attempt = async (visit: Visit<MapState>, follow: Follow): Promise<Leave> => {
  const { state, branch, run, record } = visit;
  const { history } = run;
  const kept = visit.redriven ? branch.inside : undefined;
  visit.redriven = false;
  const items = await itemsOf(visit);
  const concurrency =
    (state.maxConcurrency && (await visit.read(state.maxConcurrency))) || Infinity;
  const tolerance: Tolerance = {
    count: state.toleratedFailureCount && (await visit.read(state.toleratedFailureCount)),
    percentage:
      state.toleratedFailurePercentage && (await visit.read(state.toleratedFailurePercentage)),
  };

  record('MapStateStarted', { length: items.length });
  const started = branch.position;
  const scope = visit.scope.child();
  const inside: (Branch | undefined)[] = items.map((_, index) => kept?.[index]);
  branch.inside = inside;
  const failed = new Set<Branch>();

  const inputOf = async (item: MapItem): Promise<Payload> =>
    payload(
      state.itemSelector ? await visit.read(state.itemSelector, { item }) : inputFor(item),
      state.name,
    );

  /** Runs one iteration and gives its last event. */
  const iterate = async (item: MapItem, previous: number): Promise<number> => {
    const before = kept?.[item.Index];
    if (before?.output) return previous;
    const told = { name: state.name, index: item.Index };
    const input = await scope.keep(inputOf(item));
    const position = history.record('MapIterationStarted', previous, told);
    const iteration =
      before ??
      newBranch(state.itemProcessor, input, {
        variables: branch.variables.inner(),
        position,
        item,
      });
    iteration.position = position;
    inside[item.Index] = iteration;
    try {
      await follow(iteration, scope, run, before !== undefined);
      history.record('MapIterationSucceeded', iteration.position, told);
    } catch (error) {
      failed.add(iteration);
      history.record('MapIterationFailed', iteration.position, told);
      if (iteration.state?.type === 'Task') {
        recordAborted(iteration, iteration.position, history);
      }
      const fatal = afterFailure(error, tolerance, failed.size, items.length);
      if (fatal) {
        branch.position = iteration.position;
        abort(iteration.position);
        throw fatal;
      }
    }
    branch.position = iteration.position;
    return iteration.position;
  };

  const abort = (position: number) => {
    for (const [index, iteration] of inside.entries()) {
      if (!iteration || iteration.output || failed.has(iteration)) continue;
      history.record('MapIterationAborted', position, { name: state.name, index });
      recordAborted(iteration, position, history);
    }
    scope.end();
  };

  const todo = items.values();
  const work = async () => {
    let previous = started;
    for (const item of todo) previous = await iterate(item, previous);
  };
  try {
    const workers = Math.min(concurrency, MOST_CONCURRENT, items.length);
    await visit.scope.keep(Promise.all(Array.from({ length: workers }, work)));
    const outputs = inside.flatMap((each) => (each?.output ? [each.output.value] : []));
    const results = payload(outputs, state.name);
    history.record('MapStateSucceeded', branch.position);
    return await visit.leave(state, state.next, results, { result: results.value });
  } finally {
    scope.end();
  }
};

/** Runs a Map; `follow` runs one of its iterations. Iterations whose failure is forgiven leave no output. */
export const runMap = (visit: Visit<MapState>, follow: Follow): Promise<Leave> =>
  retrying(visit, () => attempt(visit, follow));

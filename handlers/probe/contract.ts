import * as z from 'zod';
import type { Answered } from '../../core/checks/smoke.ts';
import {
  brokenCase,
  type Cell,
  Contract,
  provenCell,
  type Side,
  unreached,
  worthOf,
} from '../../core/contract.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../../core/record.ts';
import { type Verdict, worst } from '../../core/verdict.ts';
import { get, urlOf } from './http.ts';
import { invoke } from './invoke.ts';

/** Sends a request to one colour of a target. */
type Ask = (path: string) => Promise<Answered>;

interface Party {
  readonly side: Side;
  readonly ask: Ask;
}

const askOf = async (target: TargetRecord, side: Side): Promise<Ask> => {
  const { registration } = target;
  if (registration.kind === 'lambda') {
    return (path) => invoke(registration.function, side.revision, { path });
  }
  const base = await urlOf(
    side.colour === 'green' ? registration.testListener : registration.productionListener,
  );
  return (path) => get(base, path);
};

/** Both colours of a target; one that is left alone has only its blue. */
const partiesOf = (target: TargetRecord): Promise<readonly Party[]> => {
  const sides: Side[] = [
    { colour: 'blue', target: target.name, revision: target.from?.name ?? '' },
    ...(target.unchanged
      ? []
      : [{ colour: 'green' as const, target: target.name, revision: target.to?.name ?? '' }]),
  ];
  return Promise.all(sides.map(async (side) => ({ side, ask: await askOf(target, side) })));
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What is wrong with an answer, in one line; undefined when the caller could live with it. */
const problemWith = (answer: Answered, schema: Record<string, unknown>): string | undefined => {
  if ('error' in answer) return answer.error;
  if (answer.status >= 400) return `status ${answer.status}`;
  const result = z.fromJSONSchema(schema as never).safeParse(parse(answer.body));
  return result.success ? undefined : z.prettifyError(result.error).replaceAll('\n', ' ');
};

const tryCell = async (caller: Party, callee: Party, path: string): Promise<Cell> => {
  const answer = await caller.ask(path);
  if ('error' in answer || answer.status !== 200) {
    const what = 'error' in answer ? answer.error : `status ${answer.status}`;
    return unreached(caller.side, callee.side, `its contract could not be read: ${what}`);
  }
  const contract = Contract.safeParse(parse(answer.body));
  if (!contract.success) {
    return unreached(caller.side, callee.side, 'its contract does not follow the schema');
  }
  const verdicts = await Promise.all(
    contract.data.cases.map(async ({ name, request, answer: schema }) => {
      const problem = problemWith(await callee.ask(request.path), schema);
      return problem === undefined
        ? provenCell(caller.side, callee.side).verdict
        : brokenCase(caller.side, callee.side, name, problem);
    }),
  );
  return { caller: caller.side, callee: callee.side, verdict: worst(verdicts) };
};

/**
 * The 2×2: while traffic shifts, blue and green of each side meet. Every revision of a caller says which requests
 * it makes; both revisions of the callee must answer them as that caller needs.
 */
export const proveMixed = async (record: ReleaseRecord): Promise<Verdict> => {
  const moving = movingTargets(record);
  if (moving.length < 2) return { verdict: 'pass', reasons: [] };
  const cells: Cell[] = [];
  for (const target of moving) {
    const { contract } = target.registration;
    const called = contract && record.targets[contract.calls];
    if (!contract || !called) continue;
    const [callers, callees] = await Promise.all([partiesOf(target), partiesOf(called)]);
    const pairs = callers.flatMap((caller) => callees.map((callee) => ({ caller, callee })));
    cells.push(
      ...(await Promise.all(
        pairs.map(({ caller, callee }) => tryCell(caller, callee, contract.path)),
      )),
    );
  }
  return worthOf(cells);
};

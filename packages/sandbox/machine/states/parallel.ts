/** Knows how a Parallel runs its branches side by side, and how the first that fails ends the others. */
import type { ParallelState } from '../definition/definition.ts';
import { payload } from '../payload.ts';
import { retrying } from '../retrying.ts';
import { type Branch, type Follow, newBranch, recordAborted } from '../run.ts';
import type { Leave, Visit } from '../visit.ts';

const attempt = async (visit: Visit<ParallelState>, follow: Follow): Promise<Leave> => {
  const { state, branch, run, record } = visit;
  const kept = visit.redriven ? branch.inside : undefined;
  visit.redriven = false;
  const input = state.arguments
    ? payload(await visit.read(state.arguments), state.name)
    : branch.input;
  record('ParallelStateStarted');
  const position = branch.position;
  const inside = state.branches.map(
    (states, index) =>
      kept?.[index] ?? newBranch(states, input, { variables: branch.variables.inner(), position }),
  );
  branch.inside = inside;

  const scope = visit.scope.child();
  let failed: Branch | undefined;
  const one = async (inner: Branch): Promise<unknown> => {
    if (inner.output) return inner.output.value;
    inner.position = position;
    try {
      const output = await follow(inner, scope, run, kept?.includes(inner) ?? false);
      branch.position = inner.position;
      return output.value;
    } catch (error) {
      failed ??= inner;
      throw error;
    }
  };
  try {
    const results = payload(await scope.keep(Promise.all(inside.map(one))), state.name);
    run.history.record('ParallelStateSucceeded', branch.position);
    return await visit.leave(state, state.next, results, { result: results.value });
  } catch (error) {
    if (failed) {
      branch.position = failed.position;
      for (const inner of inside) {
        if (inner !== failed || inner.state?.type === 'Task') {
          recordAborted(inner, failed.position, run.history);
        }
      }
    }
    throw error;
  } finally {
    scope.end();
  }
};

/** Runs a Parallel; `follow` runs one of its branches. */
export const runParallel = (visit: Visit<ParallelState>, follow: Follow): Promise<Leave> =>
  retrying(visit, () => attempt(visit, follow));

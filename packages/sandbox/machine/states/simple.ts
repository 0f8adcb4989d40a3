/** Knows the states that ask nobody: Pass, Choice, Wait, Succeed and Fail. */
import type { StateOf } from '../definition/definition.ts';
import { StateFailure } from '../failure.ts';
import type { Leave, Visit } from '../visit.ts';

/** Runs a Pass: its Output, or its input. */
export const runPass = ({ state, branch, leave }: Visit<StateOf<'Pass'>>): Promise<Leave> =>
  leave(state, state.next, branch.input);

/** Runs a Succeed, which ends its branch. */
export const runSucceed = ({ state, branch, leave }: Visit<StateOf<'Succeed'>>): Promise<Leave> =>
  leave(state, undefined, branch.input);

/** Runs a Fail, which ends its branch with an error. */
export const runFail = async ({ state, read }: Visit<StateOf<'Fail'>>): Promise<Leave> => {
  const error = state.error && (await read(state.error));
  const cause = state.cause && (await read(state.cause));
  throw new StateFailure(error, cause);
};

/** Runs a Choice: the first rule whose condition holds; the state's own Output and Assign count only for Default. */
export const runChoice = async ({
  state,
  branch,
  read,
  leave,
}: Visit<StateOf<'Choice'>>): Promise<Leave> => {
  for (const rule of state.choices) {
    if (await read(rule.condition)) return leave(rule, rule.next, branch.input);
  }
  if (state.default !== undefined) return leave(state, state.default, branch.input);
  throw new StateFailure(
    'States.NoChoiceMatched',
    `No rule of the state '${state.name}' matched, and it has no Default`,
  );
};

/** ISO 8601 with an offset, as Timestamp asks for. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Runs a Wait: so many seconds of service time, or until a time that may have passed. */
export const runWait = async ({
  state,
  branch,
  run,
  scope,
  read,
  refuse,
  leave,
}: Visit<StateOf<'Wait'>>): Promise<Leave> => {
  const until = async (): Promise<number> => {
    if (state.seconds) return run.clock.now() + (await read(state.seconds)) * 1_000;
    const timestamp = state.timestamp ? await read(state.timestamp) : '';
    const time = instant.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
    if (!Number.isNaN(time)) return time;
    throw refuse(
      'Timestamp',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
    );
  };
  const left = (await until()) - run.clock.now();
  if (left > 0) await new Promise<void>((resolve) => void scope.after(run.clock, left, resolve));
  return leave(state, state.next, branch.input);
};

/** Knows one stay of a branch in a state: what its queries see, and how it is told in the history. */
import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Exit, State } from './definition/definition.ts';
import { type Bindings, QueryError } from './expression.ts';
import { StateFailure } from './failure.ts';
import { inputDetails, outputDetails } from './history.ts';
import { type Payload, payload } from './payload.ts';
import type { Query } from './query.ts';
import type { Branch, MapItem, Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { Values } from './variables.ts';

/** What a query sees beside the input: `result` or `errorOutput`, and the token or item in its context. */
interface Known {
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  readonly token?: string;
  readonly item?: MapItem;
}

/** How a state is left. */
export interface Leave {
  readonly output: Payload;
  readonly assigned?: Values;
  /** Nothing where the branch ends. */
  readonly next: string | undefined;
}

/** One stay in a state. */
export interface Visit<S extends State = State> {
  readonly state: S;
  readonly branch: Branch;
  readonly run: Run;
  readonly scope: Scope;
  /** Whether a redrive goes on with this state, until its first attempt has begun. */
  redriven: boolean;
  /** Retries of this stay so far. */
  retries: number;
  /** Adds an event to the branch. */
  record(type: HistoryEventType, details?: object): void;
  /** Reads a field; a failure is recorded and thrown as States.QueryEvaluationError. */
  read<T>(query: Query<T>, known?: Known): Promise<T>;
  /** The same failure, for a value that only this state can judge. */
  refuse(location: string, message: string): StateFailure;
  /** Reads Assign and Output, which both see the variables as they were on entry. */
  leave(exit: Exit, next: string | undefined, fallback: Payload, known?: Known): Promise<Leave>;
}

/** Types of states that a redrive continues instead of entering them again. */
const continued: readonly string[] = ['Task', 'Parallel', 'Map'];

/** Enters a state. */
export const visit = <S extends State>(
  state: S,
  branch: Branch,
  scope: Scope,
  run: Run,
  redriven: boolean,
): Visit<S> => {
  const before = branch.position;
  const enteredTime = new Date(run.clock.now()).toISOString();
  const { variables, input } = branch;

  const record = (type: HistoryEventType, details?: object) => {
    branch.position = run.history.record(type, branch.position, details);
  };
  run.count();
  if (!redriven || !continued.includes(state.type)) {
    record(`${state.type}StateEntered` as HistoryEventType, {
      name: state.name,
      ...inputDetails(input),
    });
  }
  const entered = branch.position;

  const context = (token: string | undefined, item: MapItem | undefined) => ({
    ...run.context(),
    State: {
      EnteredTime: enteredTime,
      Name: state.name,
      ...('retry' in state && { RetryCount: self.retries }),
    },
    ...(item && { Map: { Item: item } }),
    ...(token && { Task: { Token: token } }),
  });

  const bindings = ({ token, item = branch.item, ...known }: Known): Bindings => ({
    ...variables.values(),
    states: { input: input.value, context: context(token, item), ...known },
  });

  const refuse = (location: string, message: string) => {
    const failure = new StateFailure(
      'States.QueryEvaluationError',
      `An error occurred while executing the state '${state.name}' (entered at the event id #${entered}). ${message}`,
    );
    // AWS links an evaluation that fails first thing to the event before the state was entered.
    const previous =
      branch.position === entered && state.type !== 'Wait' ? before : branch.position;
    branch.position = run.history.record('EvaluationFailed', previous, {
      error: failure.error,
      cause: failure.details,
      location,
      state: state.name,
    });
    return failure;
  };

  const read = async <T>(query: Query<T>, known: Known = {}): Promise<T> => {
    try {
      return await scope.keep(query(() => bindings(known)));
    } catch (error) {
      throw error instanceof QueryError ? refuse(error.location, error.message) : error;
    }
  };

  const self: Visit<S> = {
    state,
    branch,
    run,
    scope,
    redriven,
    retries: 0,
    record,
    read,
    refuse,
    leave: async ({ output, assign }, next, fallback, known) => {
      const assigned = assign && ((await read(assign, known)) as Values);
      const left = output ? payload(await read(output, known), state.name) : fallback;
      return { next, output: left, ...(assigned && { assigned }) };
    },
  };
  return self;
};

/** Assigns the variables and tells in the history that the state was left. */
export const exit = ({ state, branch, record }: Visit, { output, assigned }: Leave): void => {
  const texts = assigned && branch.variables.assign(assigned, state.name);
  record(`${state.type}StateExited` as HistoryEventType, {
    name: state.name,
    ...outputDetails(output),
    ...(texts && { assignedVariables: texts, assignedVariablesDetails: { truncated: false } }),
  });
};

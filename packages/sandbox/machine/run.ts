/** Knows what the states of one execution share, and where each of its branches stands. */
import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Clock } from '../clock/clock.ts';
import type { State, States } from './definition/definition.ts';
import type { History } from './history.ts';
import type { World } from './integration.ts';
import type { Payload } from './payload.ts';
import type { Scope } from './scope.ts';
import type { Variables } from './variables.ts';

/** What all states of an execution share. */
export interface Run {
  readonly clock: Clock;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  readonly world: World;
  readonly history: History;
  /** Execution and StateMachine of the context object. */
  readonly context: () => Readonly<Record<string, unknown>>;
  /** Counts a transition that AWS bills: a state entered, or a retry. */
  readonly count: () => void;
}

/** The item that an iteration of a Map works on. */
export interface MapItem {
  readonly Index: number;
  /** Only of an object's items. */
  readonly Key?: string;
  readonly Value: unknown;
}

/**
 * A line of states, one after another: the machine itself, a branch of a Parallel or an iteration of a Map.
 * It always says where it stands, so that a redrive can go on from there.
 */
export interface Branch {
  readonly states: States;
  readonly variables: Variables;
  readonly item?: MapItem;
  /** Name of the state that it is in, or enters next. */
  at: string;
  input: Payload;
  /** Its last event; the next one names it as the previous. */
  position: number;
  /** The state that it is in while it runs. */
  state?: State;
  /** The branches of the Parallel or Map that it is in. */
  inside?: (Branch | undefined)[];
  /** Given once it has ended well. */
  output?: Payload;
}

/** A branch before its first state. */
export const newBranch = (
  states: States,
  input: Payload,
  start: Pick<Branch, 'variables' | 'position' | 'item'>,
): Branch => ({ states, at: states.startAt, input, ...start });

/** Goes on with a branch until it ends, and gives its output; throws StateFailure. */
export type Follow = (
  branch: Branch,
  scope: Scope,
  run: Run,
  redriven: boolean,
) => Promise<Payload>;

/** Types of states that the history tells the abortion of. */
const abortable: readonly string[] = ['Task', 'Wait', 'Parallel', 'Map'];

/** Records that what was under way in a branch is given up. */
export const recordAborted = (branch: Branch, previous: number, history: History): void => {
  if (branch.output || !branch.state) return;
  for (const inner of branch.inside ?? []) {
    if (inner) recordAborted(inner, previous, history);
  }
  const { type } = branch.state;
  if (abortable.includes(type)) history.record(`${type}StateAborted` as HistoryEventType, previous);
};

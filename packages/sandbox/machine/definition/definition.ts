/** Knows what a machine is once its definition has been read: states with compiled queries. */
import type { Query } from '../query.ts';

/** States of a machine, of a branch or of an item processor. */
export interface States {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A whole machine. */
export interface Machine extends States {
  readonly timeoutSeconds?: number;
}

/** What is done with a result when a state is left. */
export interface Exit {
  readonly output?: Query;
  readonly assign?: Query;
}

interface Named {
  readonly name: string;
}

/** A state that goes on to `next`, or ends its branch without it. */
interface Continues extends Exit {
  readonly next?: string;
}

/** One entry of Retry, with AWS's defaults filled in. Seconds of service time. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly jitter: boolean;
}

/** One entry of Catch. */
export interface Catcher extends Exit {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

/** A state that is tried again, or left through a catcher, when it fails. */
interface Retried {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

interface PassState extends Named, Continues {
  readonly type: 'Pass';
}

export interface TaskState extends Named, Continues, Retried {
  readonly type: 'Task';
  readonly resource: string;
  readonly arguments?: Query;
  readonly timeoutSeconds?: Query<number>;
  readonly heartbeatSeconds?: Query<number>;
}

/** One rule of a Choice. */
export interface ChoiceRule extends Exit {
  readonly condition: Query<boolean>;
  readonly next: string;
}

interface ChoiceState extends Named, Exit {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly default?: string;
}

interface WaitState extends Named, Continues {
  readonly type: 'Wait';
  readonly seconds?: Query<number>;
  readonly timestamp?: Query<string>;
}

interface SucceedState extends Named {
  readonly type: 'Succeed';
  readonly output?: Query;
}

interface FailState extends Named {
  readonly type: 'Fail';
  readonly error?: Query<string>;
  readonly cause?: Query<string>;
}

export interface ParallelState extends Named, Continues, Retried {
  readonly type: 'Parallel';
  readonly arguments?: Query;
  readonly branches: readonly States[];
}

export interface MapState extends Named, Continues, Retried {
  readonly type: 'Map';
  readonly items?: Query<object>;
  readonly itemSelector?: Query;
  readonly itemProcessor: States;
  readonly maxConcurrency?: Query<number>;
  readonly toleratedFailureCount?: Query<number>;
  readonly toleratedFailurePercentage?: Query<number>;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

export type StateType = State['type'];

/** States that have Retry and Catch. */
export type RetriedState = TaskState | ParallelState | MapState;

/** States by their type. */
export type StateOf<T extends StateType> = Extract<State, { type: T }>;

/** Knows one execution of a machine from its start to its end, and its redrives. */
import type { ExecutionStatus, HistoryEvent } from '@aws-sdk/client-sfn';
import type { Clock } from '../clock/clock.ts';
import { follow } from './branch.ts';
import type { Machine } from './definition/definition.ts';
import { errorDetails, failureOf, StateFailure } from './failure.ts';
import { inputDetails, LONGEST_HISTORY, openHistory, outputDetails } from './history.ts';
import type { World } from './integration.ts';
import type { Payload } from './payload.ts';
import { newBranch, type Run } from './run.ts';
import { openScope } from './scope.ts';
import { variables } from './variables.ts';

/** What an execution is started with. */
export interface Start {
  readonly machine: Machine;
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  /** JSON text. */
  readonly input: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly world: World;
  /** Called after every change of the status, the first one included. */
  readonly changed: (execution: Execution) => void;
}

/** An execution as others see it. */
export interface Execution {
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate: Date | undefined;
  /** JSON text, once it has succeeded. */
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly redriveCount: number;
  readonly redriveDate: Date | undefined;
  /** State transitions that AWS bills: states entered, and retries. */
  readonly transitions: number;
  readonly events: readonly HistoryEvent[];
  /** Ends it as ABORTED; an execution that has ended stays as it is. */
  stop(error?: string, cause?: string): void;
  /** Goes on from the states that did not end well, with the variables they had. */
  redrive(): void;
  /** Ends its timers without a trace; nothing happens in it afterwards. */
  abandon(): void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const outcomes = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
  TIMED_OUT: 'ExecutionTimedOut',
} as const;

/** Starts an execution; its first events are recorded before this returns. */
export const startExecution = (start: Start): Execution => {
  const { machine, clock, changed } = start;
  const now = () => new Date(clock.now());
  const input: Payload = { value: JSON.parse(start.input), text: start.input };
  const root = newBranch(machine, input, { variables: variables(), position: 0 });
  let scope = openScope();

  const history = openHistory(clock.now, () => {
    const cause = `The execution reached the maximum number of history events (${LONGEST_HISTORY}).`;
    fail(new StateFailure('States.Runtime', cause));
  });

  const end = (
    status: keyof typeof outcomes,
    previous: number,
    details: object,
    known: Partial<Pick<Execution, 'output' | 'error' | 'cause'>>,
  ) => {
    if (self.status !== 'RUNNING') return;
    scope.end();
    history.close(outcomes[status], previous, details);
    Object.assign(self, known, { status, stopDate: now() });
    changed(self);
  };

  const fail = (failure: StateFailure) => {
    const details = errorDetails(failure);
    end('FAILED', root.position, details, details);
  };

  const run: Run = {
    clock,
    random: start.random,
    world: start.world,
    history,
    count: () => {
      self.transitions += 1;
    },
    context: () => ({
      Execution: {
        Id: start.arn,
        Input: input.value,
        Name: start.name,
        RoleArn: start.roleArn,
        StartTime: self.startDate.toISOString(),
        RedriveCount: self.redriveCount,
        ...(self.redriveDate && { RedriveTime: self.redriveDate.toISOString() }),
      },
      StateMachine: { Id: start.machineArn, Name: start.machineName },
    }),
  };

  const go = (redriven: boolean) => {
    scope = openScope();
    if (machine.timeoutSeconds !== undefined) {
      scope.after(clock, machine.timeoutSeconds * 1_000, () => end('TIMED_OUT', 0, {}, {}));
    }
    scope.keep(follow(root, scope, run, redriven)).then(
      (output) => end('SUCCEEDED', root.position, outputDetails(output), { output: output.text }),
      (thrown) => fail(failureOf(thrown)),
    );
  };

  const self: Mutable<Execution> = {
    status: 'RUNNING',
    startDate: now(),
    stopDate: undefined,
    output: undefined,
    error: undefined,
    cause: undefined,
    redriveCount: 0,
    redriveDate: undefined,
    transitions: 0,
    events: history.events,
    stop: (error, cause) => {
      // AWS links an abort to no event: it comes from outside.
      const details = { ...(error && { error }), ...(cause && { cause }) };
      end('ABORTED', 0, details, details);
    },
    redrive: () => {
      Object.assign(self, { error: undefined, cause: undefined, stopDate: undefined });
      self.status = 'RUNNING';
      self.redriveCount += 1;
      self.redriveDate = now();
      root.position = history.record('ExecutionRedriven', history.events.length, {
        redriveCount: self.redriveCount,
      });
      changed(self);
      go(true);
    },
    abandon: () => scope.end(),
  };

  history.record('ExecutionStarted', 0, { ...inputDetails(input), roleArn: start.roleArn });
  changed(self);
  go(false);
  return self;
};

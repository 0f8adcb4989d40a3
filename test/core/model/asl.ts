/** What the machine of a release says: where an action leads, how long a task may take, and how often it is tried. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './scenario.ts';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
}

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly ItemProcessor?: { readonly States: Readonly<Record<string, State>> };
}

const machineOf = (name: string): Readonly<Record<string, State>> =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../../statemachines/${name}.asl.json`), 'utf8'),
  ).States;

const RELEASE = machineOf('release');
const ROLLBACK = machineOf('rollback');

/** All states, those of a Map's items included. */
const statesOf = (states: Readonly<Record<string, State>>): Readonly<Record<string, State>> =>
  Object.fromEntries(
    Object.entries(states).flatMap(([name, state]) => [
      [name, state],
      ...Object.entries(state.ItemProcessor?.States ?? {}),
    ]),
  );

const TASKS = { ...statesOf(ROLLBACK), ...statesOf(RELEASE) };

/**
 * The state of each place of the machine. The alarms are read in the same call as the targets; a machine of before has
 * a step of its own for them, so time may pass in between.
 */
const STATES: Readonly<Record<Place | 'check-alarms', string>> = {
  'check-alarms': 'Observe',
  observe: 'Observe',
  'set-scaling': 'SetScaling',
  'launch-deployment': 'LaunchDeployment',
  'prove-release': 'ProveRelease',
  'request-approval': 'RequestApproval',
  'start-shift': 'StartShift',
  decide: 'Decide',
  'answer-target': 'AnswerTarget',
  'take-back-target': 'TakeBackTarget',
  'close-release': 'CloseRelease',
};

/** How a task is tried. */
export interface Task {
  /** Seconds after which an Invoke that does not answer is given up; undefined: years. */
  readonly timeout: number | undefined;
  /** Seconds between its tries after an error that may pass, and after any other error. */
  readonly passing: readonly number[];
  readonly any: readonly number[];
}

const delaysOf = (retriers: readonly Retrier[] = [], error: string): readonly number[] => {
  const found = retriers.find(({ ErrorEquals }) => ErrorEquals.includes(error));
  if (!found) return [];
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds = 3600, MaxAttempts } = found;
  return Array.from({ length: MaxAttempts }, (_, index) =>
    Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** index),
  );
};

const tasks = Object.fromEntries(
  Object.entries(STATES).map(([place, name]): [string, Task] => {
    const { TimeoutSeconds, Retry } = TASKS[name]!;
    return [
      place,
      {
        timeout: TimeoutSeconds,
        passing: delaysOf(Retry, 'TryAgainError'),
        any: delaysOf(Retry, 'States.ALL'),
      },
    ];
  }),
);

/** How the task of a place is tried. */
export const taskOf = (place: Place | 'check-alarms'): Task => tasks[place]!;

const CONDITION = /\$observed\.(?<member>action|step) = '(?<value>[^']+)'/;

const ROUTES = RELEASE.Act!.Choices!.map(({ Condition, Next }) => ({
  ...(CONDITION.exec(Condition)!.groups as { member: 'action' | 'step'; value: string }),
  next: Next,
}));

/** The state that an action leads to, in the machine of today or in one that does not know a step. */
export const routeOf = (
  chosen: { readonly action: string; readonly step?: string },
  older?: { readonly step: string; readonly closes: boolean },
): string => {
  const known = ROUTES.filter(({ value }) => value !== older?.step);
  const found = known.find(({ member, value }) => chosen[member] === value);
  if (found) return found.next;
  return older?.closes ? 'CloseRelease' : RELEASE.Act!.Default!;
};

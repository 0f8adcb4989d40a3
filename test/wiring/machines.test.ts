import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { LONGEST_WAIT, SECONDS_BETWEEN_READS } from '../../core/checks/patience.ts';
import { RESTORE_TRIES } from '../../core/record/scaling.ts';
import { ENDS, SUCCEEDING } from '../../core/release/end.ts';
import { Observe } from '../../core/steps/observe.ts';
import { ERROR_NAMES } from '../../core/text/errors.ts';
import { HANDLERS, type HandlerName } from '../../infra/handlers.ts';
import { definitionOf, type Json, placesOf, stepKeyOf, stepOfKey, textOf } from './machines.ts';

/** Error names that Step Functions and its Lambda integration give (States Language, "Error names"; Step Functions guide, "Handle transient Lambda exceptions"). */
const AWS_ERRORS = [
  'States.ALL',
  'States.Timeout',
  'States.HeartbeatTimeout',
  'States.TaskFailed',
  'States.Permissions',
  'States.DataLimitExceeded',
  'States.QueryEvaluationError',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.CodeArtifactUserPendingException',
  'Lambda.ResourceConflictException',
  'Lambda.ResourceNotReadyException',
  'Lambda.ENINotReadyException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
];

/** Errors of a call to Lambda that are over when it is tried again, and of a function that ended without a word. */
const TRANSIENT = [
  'TryAgainError',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
];

/** How Lambda refuses the calls that wake an idle function. */
const WAKING = [
  'Lambda.CodeArtifactUserPendingException',
  'Lambda.ResourceConflictException',
  'Lambda.ResourceNotReadyException',
  'Lambda.ENINotReadyException',
];

/** Seconds in which an idle function was seen to wake, at most. */
const LONGEST_WAKING = 106;

/** Seconds in which the answer of a function reaches its machine, generously. */
const ANSWER_SECONDS = 30;

/** States that look and touch nothing. */
const LOOKING = ['Observe', 'Listen'];

/** Longest time in seconds that a retrier takes between its tries. */
const secondsBetween = ({ IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts }: Json) =>
  Array.from({ length: MaxAttempts }, (_, tries) =>
    Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** tries),
  ).reduce((sum, one) => sum + one, 0);

/**
 * The release machine has one more than it was designed with: docs/adr/0050-scaling-stands-still-while-traffic-moves.md,
 * docs/adr/0053-an-unknown-action-closes-nothing.md, docs/adr/0066-one-step-reads-everything.md.
 */
const MOST_STATES = 31;
const MOST_LINES = 400;

const errorsNamed = (state: Json): readonly string[] =>
  [...(state.Retry ?? []), ...(state.Catch ?? [])].flatMap(({ ErrorEquals }) => ErrorEquals);

/** How often and for how long a step that only had bad luck is tried again. */
const patienceOf = (state: Json): Json =>
  state.Retry.find(({ ErrorEquals }: Json) => ErrorEquals.includes('TryAgainError'));

const waitsForToken = ({ Resource }: Json): boolean => Resource?.endsWith('.waitForTaskToken');

/** What each rule of a choice compares a variable with, and where it leads. */
const rulesOf = (choice: Json, path: string): readonly { value: string; next: string }[] =>
  choice.Choices.flatMap(({ Condition, Next }: Json) => {
    const [, read, value] = /^\{% \$([\w.]+) = '([^']+)' %\}$/.exec(Condition) ?? [];
    return read === path ? [{ value, next: Next }] : [];
  });

describe.each(['release', 'rollback'] as const)('the %s machine', (name) => {
  const machine = definitionOf(name);
  const places = placesOf(machine);

  it('is valid Amazon States Language', () => {
    const { isValid, errorsText } = validate(
      JSON.parse(textOf(name).replaceAll(`\${Partition}`, 'aws')),
    );

    expect(isValid, errorsText('\n')).toBe(true);
  });

  it('names the partition of its stack in every Resource, for GovCloud and China', () => {
    expect(textOf(name).match(/"Resource": "arn:(?!\$\{Partition\}:)[^"]*"/g) ?? []).toEqual([]);
  });

  it('fits on a few screens', () => {
    expect(places.length).toBeLessThanOrEqual(MOST_STATES);
    expect(textOf(name).trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES);
  });

  it('is written in JSONata alone', () => {
    expect(machine.QueryLanguage).toBe('JSONata');
    expect(textOf(name)).not.toMatch(
      /"\w+\.\$"|"(Input|Output|Result|Items)Path"|"QueryLanguage": "JSONPath"/,
    );
  });

  it('says in one sentence what each state does', () => {
    const silent = places.filter(({ state }) => !/^[A-Z].{10,}\.$/.test(state.Comment ?? ''));

    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(machine.Comment).toMatch(/^[A-Z].+\.$/);
  });

  it('names its states with whole words', () => {
    for (const place of places) expect(place.name).toMatch(/^([A-Z][a-z]+)+$/);
  });

  it('retries and catches only errors that exist', () => {
    const known: readonly string[] = [...ERROR_NAMES, ...AWS_ERRORS];
    const unknown = places.flatMap(({ state }) =>
      errorsNamed(state).filter((error) => !known.includes(error)),
    );

    expect(unknown).toEqual([]);
  });

  it('tries every step again that only had bad luck', () => {
    const steps = places.filter(({ state }) => state.Type === 'Task' && stepKeyOf(state));

    expect(steps.length).toBeGreaterThan(0);
    for (const { state } of steps) {
      // A wait for a token has a time-out of its own kind: it looks again.
      const lost = waitsForToken(state) ? [] : ['States.Timeout'];
      expect(patienceOf(state).ErrorEquals).toEqual([...TRANSIENT, ...lost]);
    }
  });

  it('waits at every step for a function that was idle to wake', () => {
    const steps = places.filter(({ state }) => state.Type === 'Task' && stepKeyOf(state));

    for (const { state } of steps) {
      const { IntervalSeconds, MaxAttempts, BackoffRate } = state.Retry.find(
        ({ ErrorEquals }: Json) => WAKING.every((error) => ErrorEquals.includes(error)),
      );
      expect(BackoffRate).toBe(1);
      expect(IntervalSeconds * MaxAttempts).toBeGreaterThan(LONGEST_WAKING);
    }
  });

  it('looks again for minutes, and for less than the hour of a hook, before it takes blindness for a failure', () => {
    const looking = places.filter(({ name }) => LOOKING.includes(name));

    expect(looking.length).toBeGreaterThan(1);
    for (const { state } of looking) {
      const retrier = patienceOf(state);
      expect(secondsBetween(retrier)).toBeGreaterThan(5 * 60);
      expect(secondsBetween(retrier)).toBeLessThan(15 * 60);
    }
  });

  it('fails only with ends of a release, and with what it does not know', () => {
    const failing = [
      ...Object.keys(ENDS).filter((end) => !SUCCEEDING.some((one) => one === end)),
      'UnknownAction',
    ];
    const errors = places.flatMap(({ state }) => (state.Type === 'Fail' ? [state.Error] : []));

    expect(failing).toEqual(expect.arrayContaining(errors));
  });

  it('waits for every task only for a limited time, and for a step longer than its function takes', () => {
    const tasks = places.filter(({ state }) => state.Type === 'Task');

    expect(tasks.length).toBeGreaterThan(0);
    for (const { name, state } of tasks) {
      expect(state.TimeoutSeconds, name).toBeDefined();
      const step = stepOfKey(stepKeyOf(state) ?? '');
      if (!step || waitsForToken(state)) continue;
      expect(state.TimeoutSeconds, name).toBe(
        HANDLERS[step as HandlerName].timeoutSeconds + ANSWER_SECONDS,
      );
    }
  });

  it('leads from the name of a step to the state that runs it', () => {
    const rules = rulesOf(machine.States.Act, 'observed.step');

    expect(rules.length).toBeGreaterThan(0);
    for (const { value, next } of rules) {
      // On the rollback there is nothing to close: scaling is restored, and the release closes.
      const step = name === 'rollback' && value === 'close-release' ? 'set-scaling' : value;
      expect(stepOfKey(stepKeyOf(machine.States[next]) ?? '')).toBe(step);
    }
  });

  it('closes, or is done, only when it is told to: what it does not know ends it', () => {
    expect(machine.States.Act.Default).toBe('UnknownAction');
    expect(machine.States.UnknownAction).toMatchObject({ Type: 'Fail', Error: 'UnknownAction' });
  });
});

describe('the release machine', () => {
  const { States } = definitionOf('release');

  it('has a state for every end, and leads each end to its own', () => {
    const rules = rulesOf(States.End, 'end');
    const led = [...rules.map(({ value }) => value), States.End.Default];

    expect(led.sort()).toEqual(Object.keys(ENDS).sort());
    for (const { value, next } of rules) expect(next).toBe(value);
    for (const end of Object.keys(ENDS)) {
      const succeeds = SUCCEEDING.some((one) => one === end);
      expect(States[end]).toMatchObject(
        succeeds ? { Type: 'Succeed' } : { Type: 'Fail', Error: end },
      );
    }
  });

  it('reads again for as long as a release may wait before it starts', () => {
    const { Retry } = States.ValidateRelease;
    const [{ IntervalSeconds, BackoffRate, MaxAttempts }] = Retry.filter(({ ErrorEquals }: Json) =>
      ErrorEquals.includes('NotYetError'),
    );

    expect({ IntervalSeconds, BackoffRate }).toEqual({
      IntervalSeconds: SECONDS_BETWEEN_READS,
      BackoffRate: 1,
    });
    expect(IntervalSeconds * MaxAttempts).toBe(LONGEST_WAIT * 60);
  });

  it('turns every failure of a step into a rollback, once there is something to roll back', () => {
    const caught = (state: Json) =>
      (state.Catch ?? []).find(({ ErrorEquals }: Json) => ErrorEquals.includes('States.ALL'))?.Next;
    const uncaught = Object.entries<Json>(States)
      .filter(
        ([, state]) => ['Task', 'Map'].includes(state.Type) && caught(state) !== 'DecideToGoBack',
      )
      .map(([name]) => name);

    // The first has touched nothing; when one of the others fails, recovery takes the release over.
    expect(uncaught.sort()).toEqual([
      'CloseRelease',
      'DecideToGoBack',
      'HandOver',
      'RollBack',
      'ValidateRelease',
    ]);
  });
});

describe('both machines together', () => {
  it('try to restore scaling as often as the step expects before it counts a failure', () => {
    for (const { SetScaling, RestoreScaling } of [
      definitionOf('release').States,
      definitionOf('rollback').States,
    ]) {
      const { Retry } = SetScaling ?? RestoreScaling;
      expect(patienceOf({ Retry }).MaxAttempts).toBe(RESTORE_TRIES);
    }
  });

  it('act on every step that an observation can lead to', () => {
    const steps = [...Observe.output.shape.step.options].filter((step) => step !== 'none');
    const acted = (['release', 'rollback'] as const).flatMap((name) =>
      rulesOf(definitionOf(name).States.Act, 'observed.step').map(({ value }) => value),
    );

    expect([...new Set(acted)].sort()).toEqual(steps.sort());
  });

  it('act on every action that an observation can ask for', () => {
    const actions = [...Observe.output.shape.action.options].filter(
      (action) => action !== 'proceed',
    );
    const rules = rulesOf(definitionOf('release').States.Act, 'observed.action');

    expect(rules.map(({ value }) => value).sort()).toEqual(actions.sort());
  });
});

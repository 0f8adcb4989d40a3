/** Knows how each state of a definition is read. */
import type {
  Catcher,
  ChoiceRule,
  Retrier,
  State,
  StateOf,
  States,
  StateType,
} from './definition.ts';
import { objectFields } from './fields.ts';
import type { StatesMember } from './restrictions.ts';
import type { Source } from './source.ts';

/** The longest interval of a Retry, in seconds: 99,999,999; and the longest MaxDelaySeconds (a year). */
const LONGEST_INTERVAL = 99_999_999;
const LONGEST_DELAY = 31_622_400;

/** A value only where there is one, since an optional member is never `undefined`. */
const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };

const next = (source: Source) => {
  if (source.has('Next') === source.has('End')) {
    source.complain('', 'A state has either Next or End');
  }
  if (source.has('End') && source.raw('End') !== true) source.complain('End', 'must be true');
  return source.has('Next') ? { next: source.text('Next') } : {};
};

const errorEquals = (source: Source, isLast: boolean): readonly string[] => {
  const names = source.raw('ErrorEquals');
  if (
    !Array.isArray(names) ||
    names.length === 0 ||
    names.some((name) => typeof name !== 'string')
  ) {
    source.complain('ErrorEquals', 'must be a list of error names with at least one entry');
    return [];
  }
  if (names.includes('States.ALL') && (names.length > 1 || !isLast)) {
    source.complain('ErrorEquals', 'States.ALL must stand alone, in the last entry');
  }
  return names;
};

const retrier = (source: Source, isLast: boolean): Retrier => {
  const whole = { least: 1, most: LONGEST_INTERVAL, whole: true };
  const jitter = source.raw('JitterStrategy') ?? 'NONE';
  if (jitter !== 'NONE' && jitter !== 'FULL') {
    source.complain('JitterStrategy', 'must be NONE or FULL');
  }
  return {
    errorEquals: errorEquals(source, isLast),
    intervalSeconds: source.number('IntervalSeconds', { ...whole, fallback: 1 }),
    maxAttempts: source.number('MaxAttempts', { ...whole, least: 0, fallback: 3 }),
    backoffRate: source.number('BackoffRate', {
      fallback: 2,
      least: 1,
      most: Number.MAX_VALUE,
      whole: false,
    }),
    maxDelaySeconds: source.number('MaxDelaySeconds', {
      fallback: Number.POSITIVE_INFINITY,
      least: 1,
      most: LONGEST_DELAY,
      whole: true,
    }),
    jitter: jitter === 'FULL',
  };
};

const catcher = (source: Source, isLast: boolean): Catcher => ({
  errorEquals: errorEquals(source, isLast),
  next: source.text('Next'),
  ...source.exit('errorOutput'),
});

const retried = (source: Source) => {
  const read = <T>(
    field: 'Retry' | 'Catch',
    fields: readonly string[],
    one: (entry: Source, isLast: boolean) => T,
  ): T[] =>
    source.has(field)
      ? source.list(field, fields).map((entry, index, all) => one(entry, index === all.length - 1))
      : [];
  return {
    retry: read('Retry', objectFields.retrier, retrier),
    catch: read('Catch', objectFields.catcher, catcher),
  };
};

const rule = (source: Source): ChoiceRule => {
  const condition = source.query('Condition', 'boolean');
  if (!condition) source.complain('', 'These fields are required: [Condition]');
  return {
    condition: condition ?? (async () => false),
    next: source.text('Next'),
    ...source.exit(),
  };
};

/** Reads the states of a branch or item processor. */
export type ReadStates = (source: Source) => States;

type StateReader<T extends StateType> = (
  source: Source,
  states: ReadStates,
) => Omit<StateOf<T>, 'name' | 'type'>;

const result: StatesMember = 'result';

const readers: { readonly [T in StateType]: StateReader<T> } = {
  Pass: (source) => ({ ...next(source), ...source.exit() }),

  Task: (source) => {
    const timeout = source.raw('TimeoutSeconds');
    const heartbeat = source.raw('HeartbeatSeconds');
    if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
      source.complain('HeartbeatSeconds', 'must be smaller than TimeoutSeconds');
    }
    return {
      ...next(source),
      ...source.exit(result),
      ...retried(source),
      resource: source.text('Resource'),
      ...given('arguments', source.query('Arguments', 'any')),
      ...given('timeoutSeconds', source.query('TimeoutSeconds', 'positive seconds')),
      ...given('heartbeatSeconds', source.query('HeartbeatSeconds', 'positive seconds')),
    };
  },

  Choice: (source) => ({
    ...source.exit(),
    choices: source.list('Choices', objectFields.choice).map(rule),
    ...(source.has('Default') && { default: source.text('Default') }),
  }),

  Wait: (source) => {
    if (source.has('Seconds') === source.has('Timestamp')) {
      source.complain('', 'A Wait has either Seconds or Timestamp');
    }
    return {
      ...next(source),
      ...source.exit(),
      ...given('seconds', source.query('Seconds', 'seconds')),
      ...given('timestamp', source.query('Timestamp', 'string')),
    };
  },

  Succeed: (source) => given('output', source.query('Output', 'any')),

  Fail: (source) => ({
    ...given('error', source.query('Error', 'string')),
    ...given('cause', source.query('Cause', 'string')),
  }),

  Parallel: (source, states) => ({
    ...next(source),
    ...source.exit(result),
    ...retried(source),
    ...given('arguments', source.query('Arguments', 'any')),
    branches: source.list('Branches', objectFields.branch).map(states),
  }),

  Map: (source, states) => {
    const processor = source.object('ItemProcessor', objectFields.processor);
    const config = processor?.raw('ProcessorConfig') as { Mode?: string } | undefined;
    if (config?.Mode !== undefined && config.Mode !== 'INLINE') {
      processor?.complain('ProcessorConfig', 'this sandbox has only the Mode INLINE');
    }
    return {
      ...next(source),
      ...source.exit(result),
      ...retried(source),
      ...given('items', source.query('Items', 'array or object')),
      ...given('itemSelector', source.query('ItemSelector', 'any')),
      itemProcessor: processor ? states(processor) : { startAt: '', states: new Map() },
      ...given('maxConcurrency', source.query('MaxConcurrency', 'integer')),
      ...given('toleratedFailureCount', source.query('ToleratedFailureCount', 'integer')),
      ...given('toleratedFailurePercentage', source.query('ToleratedFailurePercentage', 'number')),
    };
  },
};

/** Reads one state of a known type. */
export const readState = (
  name: string,
  type: StateType,
  source: Source,
  states: ReadStates,
): State => ({ name, type, ...readers[type](source, states) }) as State;

/** Knows which fields a JSONata state may have, and which belong to JSONPath or to parts that are not here. */
import type { StateType } from './definition.ts';

const every = ['Type', 'Comment', 'QueryLanguage'];
const exits = ['Output', 'Assign'];
const continues = ['Next', 'End', ...exits];
const retried = ['Retry', 'Catch'];

/** Fields of each state. */
export const stateFields: Readonly<Record<StateType, readonly string[]>> = {
  Pass: [...every, ...continues],
  Task: [
    ...every,
    ...continues,
    ...retried,
    'Resource',
    'Arguments',
    'TimeoutSeconds',
    'HeartbeatSeconds',
  ],
  Choice: [...every, ...exits, 'Choices', 'Default'],
  Wait: [...every, ...continues, 'Seconds', 'Timestamp'],
  Succeed: [...every, 'Output'],
  Fail: [...every, 'Error', 'Cause'],
  Parallel: [...every, ...continues, ...retried, 'Arguments', 'Branches'],
  Map: [
    ...every,
    ...continues,
    ...retried,
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
  ],
};

/** Fields of the other objects in a definition. */
export const objectFields = {
  machine: ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'],
  branch: ['Comment', 'StartAt', 'States'],
  processor: ['Comment', 'StartAt', 'States', 'ProcessorConfig'],
  choice: ['Comment', 'Condition', 'Next', ...exits],
  catcher: ['Comment', 'ErrorEquals', 'Next', ...exits],
  retrier: [
    'Comment',
    'ErrorEquals',
    'IntervalSeconds',
    'MaxAttempts',
    'BackoffRate',
    'MaxDelaySeconds',
    'JitterStrategy',
  ],
} as const;

/** What to write instead of a field that only JSONPath states have. */
const jsonPath: Readonly<Record<string, string>> = {
  InputPath: 'Arguments or Output',
  OutputPath: 'Output',
  ResultPath: 'Output or Assign',
  ResultSelector: 'Output',
  Result: 'Output',
  Parameters: 'Arguments',
  ItemsPath: 'Items',
  Iterator: 'ItemProcessor',
  SecondsPath: 'Seconds',
  TimestampPath: 'Timestamp',
  TimeoutSecondsPath: 'TimeoutSeconds',
  HeartbeatSecondsPath: 'HeartbeatSeconds',
  ErrorPath: 'Error',
  CausePath: 'Cause',
  MaxConcurrencyPath: 'MaxConcurrency',
  ToleratedFailureCountPath: 'ToleratedFailureCount',
  ToleratedFailurePercentagePath: 'ToleratedFailurePercentage',
  Variable: 'Condition',
};

/** Fields that AWS has and this interpreter has not. */
const absent = ['Credentials', 'ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];

/** Why a field is not taken. */
export const fieldRefusal = (field: string, known: readonly string[]): string => {
  const instead = jsonPath[field];
  if (instead) return `${field} is a JSONPath field; a JSONata state has ${instead} instead`;
  if (absent.includes(field)) return `${field} is not part of this sandbox`;
  return `Field ${field} is not supported, only ${known.join(', ')}`;
};

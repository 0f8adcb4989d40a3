/** Knows how a task starts another execution, waits for its end, and stops it when it is given up itself. */
import { StateFailure } from '../../../machine/failure.ts';
import { type Action, caller, fields, sdkMetadata, textOf } from './action.ts';

const call = caller({
  prefix: 'StepFunctions',
  base: 'AWSStepFunctionsException',
  client: 'AWSStepFunctions',
});

/** What the result of a task tells of the other execution. */
const members = [
  'executionArn',
  'input',
  'inputDetails',
  'name',
  'output',
  'outputDetails',
  'startDate',
  'stateMachineArn',
  'status',
  'stopDate',
] as const;

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** PascalCase, with dates in milliseconds since 1970. */
const converted = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [pascal(name), converted(each)]),
  );
};

const picked = (description: Readonly<Record<string, unknown>>, wanted: readonly string[]) =>
  converted(
    Object.fromEntries(
      wanted
        .filter((name) => description[name] !== undefined)
        .map((name) => [name, description[name]]),
    ),
  ) as Record<string, unknown>;

/** `arn:aws:states:::states:startExecution`, also `.sync` (texts) and `.sync:2` (JSON). */
export const startExecution: Action = {
  request: async (given, task) => {
    const { StateMachineArn, Name, Input, TraceHeader } = fields(
      given,
      ['StateMachineArn', 'Name', 'Input', 'TraceHeader'],
      'states:startExecution',
      ['StateMachineArn'],
    );
    const input = {
      stateMachineArn: StateMachineArn,
      ...(Name !== undefined && { name: Name }),
      ...(Input !== undefined && { input: textOf(Input) }),
      ...(TraceHeader !== undefined && { traceHeader: TraceHeader }),
    };
    const answer = await call(task, 'states', 'StartExecution', input);
    return {
      ...picked(answer, ['executionArn', 'startDate']),
      ...sdkMetadata(task, 200),
    };
  },

  follow: async ({ ExecutionArn: executionArn }, task, scope, pattern) => {
    const keepRunning = scope.onEnd(() => {
      call(task, 'states', 'StopExecution', { executionArn }).catch(() => undefined);
    });
    await new Promise<void>((resolve) => {
      const forget = task.whenEnded(task.region, executionArn, resolve);
      scope.onEnd(forget);
    });
    keepRunning();

    const description = await call(task, 'states', 'DescribeExecution', { executionArn });
    if (description.status !== 'SUCCEEDED') {
      const cause = picked(description, ['cause', 'error', ...members]);
      throw new StateFailure('States.TaskFailed', JSON.stringify(cause));
    }
    const result = picked(description, members);
    if (pattern === 'sync') return result;
    return {
      ...result,
      Input: JSON.parse(description.input),
      Output: JSON.parse(description.output),
    };
  },
};

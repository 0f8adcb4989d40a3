/** Knows how a task invokes a Lambda function, and how a function's error becomes the task's. */
import { StateFailure } from '../../../machine/failure.ts';
import { type Action, caller, fields, sdkMetadata, type Task, textOf } from './action.ts';

const call = caller({ prefix: 'Lambda', base: 'AWSLambdaException', client: 'AWSLambda' });

const parameters = [
  'FunctionName',
  'Payload',
  'Qualifier',
  'InvocationType',
  'ClientContext',
  'LogType',
];

const decoded = (payload: Uint8Array | undefined): string =>
  payload ? new TextDecoder().decode(payload) : '';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** An error that a function ended with: its name is the payload's `errorType`. */
const functionFailure = (text: string): StateFailure => {
  const payload = parsed(text) as { errorType?: unknown } | null;
  const errorType = payload?.errorType;
  if (typeof errorType === 'string' && errorType !== '') return new StateFailure(errorType, text);
  return new StateFailure(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  );
};

const invoke = async (input: Record<string, unknown>, task: Task) => {
  const answer = await call(task, 'lambda', 'Invoke', input);
  const text = decoded(answer.Payload);
  if (answer.FunctionError) throw functionFailure(text);
  return { answer, payload: text === '' ? undefined : parsed(text) };
};

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** `arn:aws:states:::lambda:invoke` */
export const lambdaInvoke: Action = {
  request: async (given, task) => {
    const {
      Payload = {},
      ClientContext,
      ...rest
    } = fields(given, parameters, 'lambda:invoke', ['FunctionName']);
    const { answer, payload } = await invoke(
      {
        ...rest,
        Payload: bytes(Payload),
        ...(ClientContext !== undefined && { ClientContext: textOf(ClientContext) }),
      },
      task,
    );
    return {
      ...(answer.ExecutedVersion && { ExecutedVersion: answer.ExecutedVersion }),
      ...(payload !== undefined && { Payload: payload }),
      ...sdkMetadata(task, answer.StatusCode),
      StatusCode: answer.StatusCode,
    };
  },
};

/** A function's ARN as the Resource: the arguments are its event, what it returns is the result. */
export const plainFunction = (functionArn: string): Action => ({
  request: async (event, task) => {
    const { payload } = await invoke({ FunctionName: functionArn, Payload: bytes(event) }, task);
    return payload ?? null;
  },
});

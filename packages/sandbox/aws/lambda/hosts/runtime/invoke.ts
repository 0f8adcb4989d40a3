/** Calls a handler as Lambda's Node.js runtime does: event and context in, JSON out. */
import { thrown } from './failure.ts';
import type { Handler } from './handler.ts';

/** What the runtime is told of one invocation. */
export interface HandlerCall {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: string;
  /** Milliseconds of work time that are left. */
  readonly remaining: () => number;
}

/** The handler's context object, from the environment variables that Lambda sets. */
const contextOf = (call: HandlerCall, env: Readonly<Record<string, string | undefined>>) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
  invokedFunctionArn: call.functionArn,
  awsRequestId: call.requestId,
  getRemainingTimeInMillis: () => Math.max(0, Math.floor(call.remaining())),
});

const serialized = (value: unknown): string => {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
};

/** Runs one invocation; what the handler throws is a result too. */
export const callHandler = async (
  handler: Handler,
  call: HandlerCall,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly payload: string; readonly failed: boolean }> => {
  try {
    const result = await handler(JSON.parse(call.payload), contextOf(call, env));
    return { payload: serialized(result), failed: false };
  } catch (error) {
    return { payload: thrown(error, env.LAMBDA_TASK_ROOT), failed: true };
  }
};

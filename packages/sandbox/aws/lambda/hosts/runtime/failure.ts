/** Errors of functions in the words of Lambda and its Node.js runtime. */
import { pathToFileURL } from 'node:url';

const payloadOf = (errorType: string, errorMessage: string, trace?: readonly string[]): string =>
  JSON.stringify({ errorType, errorMessage, ...(trace && { trace }) });

/** Where Lambda puts a function's code. */
const ROOT = '/var/task';

/**
 * The stack down to the handler; what is below it is the sandbox and no business of the function, and neither is
 * the folder `root` that its code lies in here.
 */
const traceOf = ({ stack = '' }: Error, root: string | undefined): readonly string[] => {
  const told = root ? stack.replaceAll(pathToFileURL(root).href, `file://${ROOT}`) : stack;
  const lines = (root ? told.replaceAll(root, ROOT) : told).split('\n');
  const below = lines.findIndex((line) => /^ +at (?:async )?callHandler \(/.test(line));
  return below < 0 ? lines : lines.slice(0, below);
};

/** An error as the Node.js runtime reports it: type, message and stack; for a value that is no Error, its type. */
export const thrown = (error: unknown, root?: string): string =>
  Object.prototype.toString.call(error) === '[object Error]' || error instanceof Error
    ? payloadOf((error as Error).name, (error as Error).message, traceOf(error as Error, root))
    : payloadOf(typeof error, String(error), []);

/** A rejected promise that nobody handled; it ends the environment. */
export const unhandledRejection = (reason: unknown): string =>
  payloadOf(
    'Runtime.UnhandledPromiseRejection',
    String(reason),
    reason instanceof Error ? (reason.stack?.split('\n') ?? []) : [],
  );

/** The environment's memory was exhausted. */
export const outOfMemory = (requestId: string): string =>
  payloadOf(
    'Runtime.OutOfMemory',
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );

/** The code ended its own process. */
export const exited = (requestId: string, code: number): string =>
  payloadOf(
    'Runtime.ExitError',
    code === 0
      ? `RequestId: ${requestId} Error: Runtime exited without providing a reason`
      : `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`,
  );

const overdue = (seconds: number): string => `Task timed out after ${seconds.toFixed(2)} seconds`;

/** An invocation took longer than `seconds`. */
export const timedOut = (requestId: string, seconds: number): string =>
  payloadOf('Sandbox.Timedout', `RequestId: ${requestId} Error: ${overdue(seconds)}`);

/** The log line of the same; `now` is service time in milliseconds. */
export const timedOutLine = (requestId: string, seconds: number, now: number): string =>
  `${new Date(now).toISOString()} ${requestId} ${overdue(seconds)}`;

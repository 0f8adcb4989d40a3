/** The log of every handler: a JSON line for each thing that is said. Events are never in it, since they may carry task tokens. */
import { calledAt } from './called-at.ts';

/** What Lambda tells of an invocation. */
interface Invocation {
  readonly invokedFunctionArn?: string;
  readonly memoryLimitInMB?: string;
  readonly functionName?: string;
  readonly awsRequestId?: string;
}

/** Levels of Lambda's advanced logging controls, from the least to the gravest. */
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

type Level = 'INFO' | 'WARN' | 'ERROR';

/** What is said beside the message: members of their own, or an error. */
type Said = Error | Readonly<Record<string, unknown>>;

/** Fields of the invocation that runs now. */
let invocation: Readonly<Record<string, unknown>> = {};

let isCold = true;

/** Gives every line the fields of its invocation, before a handler runs. */
export const logInvocation = {
  before: ({ context }: { readonly context: Invocation }): void => {
    invocation = {
      cold_start: isCold && process.env.AWS_LAMBDA_INITIALIZATION_TYPE === 'on-demand',
      function_arn: context.invokedFunctionArn,
      function_memory_size: context.memoryLimitInMB,
      function_name: context.functionName,
      function_request_id: context.awsRequestId,
    };
    isCold = false;
  },
};

/** Where an error was thrown: `file:line`. */
const locationOf = ({ stack = '' }: Error): string | undefined =>
  /([^\s()]+):(\d+):\d+\)?$/m.exec(stack)?.slice(1).join(':');

/** An error as JSON can hold it, with the members that AWS sent. */
const plainError = (error: Error): Readonly<Record<string, unknown>> => {
  const { name, message, stack, cause } = error;
  return { ...error, name, location: locationOf(error), message, stack, cause };
};

/** Writes errors and large numbers as JSON can hold them, and leaves out what is empty or refers to itself. */
const replacer = () => {
  const seen = new WeakSet();
  return (_key: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value);
    if (value === null || value === '') return undefined;
    if (typeof value !== 'object') return value;
    if (seen.has(value)) return undefined;
    seen.add(value);
    return value instanceof Error ? plainError(value) : value;
  };
};

const traceOf = (trace = ''): string | undefined => /Root=([^;]*)/.exec(trace)?.[1];

const write = (level: Level, message: string, said: Said = {}): void => {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? 'INFO')) return;
  const line = JSON.stringify(
    {
      level,
      message,
      timestamp: calledAt(),
      service: 'tandem',
      ...invocation,
      xray_trace_id: traceOf(process.env._X_AMZN_TRACE_ID),
      ...(said instanceof Error ? { error: said } : said),
    },
    replacer(),
  );
  process[level === 'INFO' ? 'stdout' : 'stderr'].write(`${line}\n`);
};

/** Says something, with what belongs to it. */
export const logger = {
  info: (message: string, said?: Said): void => write('INFO', message, said),
  warn: (message: string, said?: Said): void => write('WARN', message, said),
  error: (message: string, said?: Said): void => write('ERROR', message, said),
};

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
  const { errors } = error as Partial<AggregateError>;
  return { ...error, name, location: locationOf(error), message, stack, cause, errors };
};

/** Writes errors and large numbers as JSON can hold them, and leaves out what is empty or holds itself. */
const replacer = () => {
  /** What holds the value that is written now, from the outside in: as it is, and as it is written. */
  const holders: { readonly value: object; readonly written: object }[] = [];
  return function (this: object, _key: string, value: unknown): unknown {
    if (typeof value === 'bigint') return String(value);
    if (value === null || value === '') return undefined;
    if (typeof value !== 'object') return value;
    while (holders.length > 0 && holders.at(-1)!.written !== this) holders.pop();
    if (holders.some((one) => one.value === value)) return undefined;
    const written = value instanceof Error ? plainError(value) : value;
    holders.push({ value, written });
    return written;
  };
};

const traceOf = (trace = ''): string | undefined => /Root=([^;]*)/.exec(trace)?.[1];

/** A line of the log; what cannot be written is left out, since no handler may fail because of what it says. */
const lineOf = (own: object, fields: object, said: Said): string => {
  const beside = said instanceof Error ? { error: said } : said;
  try {
    return JSON.stringify({ ...own, ...fields, ...beside, ...own }, replacer());
  } catch (error) {
    return JSON.stringify({ ...own, ...fields, unwritten: (error as Error).message });
  }
};

const write = (level: Level, message: string, said: Said = {}): void => {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? 'INFO')) return;
  const own = { level, message, timestamp: calledAt() };
  const xray_trace_id = traceOf(process.env._X_AMZN_TRACE_ID);
  const line = lineOf(own, { service: 'tandem', ...invocation, xray_trace_id }, said);
  process[level === 'INFO' ? 'stdout' : 'stderr'].write(`${line}\n`);
};

/** Says something, with what belongs to it. */
export const logger = {
  info: (message: string, said?: Said): void => write('INFO', message, said),
  warn: (message: string, said?: Said): void => write('WARN', message, said),
  error: (message: string, said?: Said): void => write('ERROR', message, said),
};

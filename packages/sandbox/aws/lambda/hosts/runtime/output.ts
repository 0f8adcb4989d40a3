/** What a function writes: `console` in the text format of Lambda's Node.js runtime, and raw standard output. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format } from 'node:util';

const LEVELS = {
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  debug: 'DEBUG',
  trace: 'TRACE',
} as const;

/** `console`, `stdout` and `stderr` of a function. */
export interface Output {
  readonly console: Console;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Sends what a function writes to `emit`, line by line. Lines of `console` begin with service time, request
 * id and level, as on Lambda; what goes straight to the streams (structured loggers) stays as it is.
 */
export const functionOutput = (
  now: () => number,
  requestId: () => string | undefined,
  emit: (line: string) => void,
): Output => {
  const stream = () =>
    new Writable({
      decodeStrings: false,
      write: (chunk, _encoding, done) => {
        for (const line of String(chunk).replace(/\n$/, '').split('\n')) emit(line);
        done();
      },
    });
  const stdout = stream();
  const stderr = stream();
  const console = new Console({ stdout, stderr });
  for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, string][])
    console[method] = (...parts: unknown[]) =>
      emit(`${new Date(now()).toISOString()}\t${requestId()}\t${level}\t${format(...parts)}`);
  return { console, stdout, stderr };
};

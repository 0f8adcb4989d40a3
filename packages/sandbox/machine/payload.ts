/** Knows values as they travel between states: plain JSON, at most 256 KiB. */
import { dataLimitExceeded } from './failure.ts';

/** Bytes of a state's input, output, arguments or result, and of one variable (Step Functions quotas). */
export const LARGEST_PAYLOAD = 262_144;

/** A JSON value with its text, which the history and the limits need. */
export interface Payload {
  readonly value: unknown;
  readonly text: string;
}

/** Bytes of a text in UTF-8. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Wraps a value; throws States.DataLimitExceeded in the name of `what` if it is too large. */
export const payload = (value: unknown, what: string): Payload => {
  const text = JSON.stringify(value);
  // A text of a third of the limit cannot exceed it: UTF-8 takes at most 3 bytes for a UTF-16 unit.
  if (text.length > LARGEST_PAYLOAD / 3 && bytesOf(text) > LARGEST_PAYLOAD) {
    throw dataLimitExceeded(what);
  }
  return { value, text };
};

const isFunction = (value: object): boolean =>
  '_jsonata_function' in value || '_jsonata_lambda' in value;

/** Thrown where JSONata gives a function, which is no JSON. */
export const unsupported = new Error('unsupported result type');

/** A result of JSONata as plain JSON, without the marks that JSONata hides in its arrays. */
export const plain = (value: unknown): unknown => {
  if (typeof value === 'function') throw unsupported;
  // JSON has no such numbers; Step Functions writes their names ("Infinity", "-Infinity", "NaN").
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isFunction(value)) throw unsupported;
  if (Array.isArray(value)) return value.map((each) => plain(each) ?? null);
  const entries = Object.entries(value).map(([key, each]) => [key, plain(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
};

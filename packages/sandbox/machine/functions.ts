/** Knows the functions that Step Functions adds to JSONata, and those that must not read the machine's own clock or keep it busy. */
import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { LARGEST_PAYLOAD } from './payload.ts';

/** Service time and randomness for `$now`, `$millis`, `$random`, `$shuffle` and `$uuid`. */
export interface QuerySources {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

interface QueryFunction {
  readonly implementation: (...values: any[]) => unknown;
  /** In JSONata's notation of signatures. */
  readonly signature: string;
}

/** The longest array that `$range` gives (quota of the States.ArrayRange intrinsic). */
const LONGEST_RANGE = 1_000;

const hashes: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const partition = (array: readonly unknown[], size: number): unknown[][] => {
  if (!Number.isInteger(size) || size < 1)
    throw new Error('The chunk size must be a positive integer');
  const count = Math.ceil(array.length / size);
  return Array.from({ length: count }, (_, index) => array.slice(index * size, (index + 1) * size));
};

const range = (start: number, end: number, step: number): number[] => {
  if (step === 0) throw new Error('The step must not be 0');
  const length = Math.max(0, Math.floor((end - start) / step) + 1);
  if (length > LONGEST_RANGE) throw new Error(`A range has at most ${LONGEST_RANGE} items`);
  return Array.from({ length }, (_, index) => start + index * step);
};

const hash = (content: string, algorithm: string): string => {
  const name = hashes[algorithm];
  if (!name) throw new Error(`The algorithm must be one of ${Object.keys(hashes).join(', ')}`);
  return createHash(name).update(content).digest('hex');
};

/** Mulberry32: a number that a seed determines, as `$random(seed)` promises. */
const seeded = (seed: number): number => {
  let state = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
};

const uuid = (random: () => number): string =>
  'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = Math.floor(random() * 16);
    return (place === 'y' ? (digit & 3) | 8 : digit).toString(16);
  });

const shuffle = (array: readonly unknown[], random: () => number): unknown[] => {
  const result = [...array];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
};

/** JSONata's own padding, which takes minutes for a text that no payload holds. */
const padded = jsonata('$pad($text, $width, $with)');

const pad = (text: string, width: number, character?: string): Promise<unknown> => {
  if (Math.abs(width) > LARGEST_PAYLOAD) {
    throw new Error(`A text is padded to at most ${LARGEST_PAYLOAD} characters`);
  }
  return padded.evaluate(undefined, { text, width, with: character });
};

/** JSONata's own formatting, applied to another clock. */
const formatted = jsonata('$fromMillis($millis, $picture, $timezone)');

/** The functions to register; `$eval` does not exist on AWS and is refused in definitions. */
export const queryFunctions = ({
  now,
  random,
}: QuerySources): Readonly<Record<string, QueryFunction>> => ({
  partition: { implementation: partition, signature: '<an:a>' },
  range: { implementation: range, signature: '<nnn:a>' },
  hash: { implementation: hash, signature: '<ss:s>' },
  pad: { implementation: pad, signature: '<s-ns?:s>' },
  random: {
    implementation: (seed?: number) => (seed === undefined ? random() : seeded(seed)),
    signature: '<n?:n>',
  },
  uuid: { implementation: () => uuid(random), signature: '<:s>' },
  parse: { implementation: (text: string) => JSON.parse(text), signature: '<s:x>' },
  shuffle: { implementation: (array: unknown[]) => shuffle(array, random), signature: '<a:a>' },
  millis: { implementation: now, signature: '<:n>' },
  now: {
    implementation: (picture?: string, timezone?: string) =>
      formatted.evaluate(undefined, { millis: now(), picture, timezone }),
    signature: '<s?s?:s>',
  },
});

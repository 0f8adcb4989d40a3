/** Characters of the ids that AWS makes. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Uniform numbers in [0, 1) that repeat with their seed (Tommy Ettinger's mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Makes random texts of a length out of an alphabet (default: 0-9A-Z). */
export const randomIds =
  (random: () => number) =>
  (length: number, alphabet = ALPHABET): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

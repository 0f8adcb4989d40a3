/** Uniform numbers in [0, 1) that repeat with their seed, of 53 bits (xorshift64*, Vigna 2016). */
export const randomFrom = (seed: number): (() => number) => {
  const most = (1n << 64n) - 1n;
  let state = (BigInt(seed) << 1n) | 1n;
  return () => {
    state ^= state >> 12n;
    state = (state ^ (state << 25n)) & most;
    state ^= state >> 27n;
    return Number(((state * 0x2545f4914f6cdd1dn) & most) >> 11n) / 2 ** 53;
  };
};

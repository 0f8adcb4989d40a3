/** Remembers what was made of values: the same value gives the same again. */

/** Freezes a value in all its parts. */
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
};

/** The text of a value; undefined where JSON does not tell it from others. */
const textOf = (value: unknown): string | undefined => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};

/**
 * A pure function of values of JSON that keeps its last results, so many of them, by the texts of the values. They are
 * frozen, since several callers get the same one. What it throws it does not keep.
 */
export const remembered = <T>(
  make: (value: unknown) => T,
  most: number,
): ((value: unknown) => T) => {
  const kept = new Map<string, T>();
  return (value) => {
    const text = textOf(value);
    if (text === undefined) return make(value);
    const found = kept.get(text);
    const made = found ?? frozen(make(value));
    // What was used last is at the end: the first one is given up.
    kept.delete(text);
    kept.set(text, made);
    if (kept.size > most) kept.delete(kept.keys().next().value as string);
    return made;
  };
};

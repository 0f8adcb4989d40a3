/** Knows what AWS says about a text that is none of a member's values. */

/** The complaint about a value that is not of its set; undefined: it is, or none is given. */
export const outsideOf = (
  values: readonly string[],
  member: string,
  value: string | undefined,
): string | undefined =>
  value === undefined || values.includes(value)
    ? undefined
    : `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`;

/** A copy of a value as JSON would give it back: members without a value are not there. */
export const jsonCopy = (value: unknown): any => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(jsonCopy);
  // Copied whole, an object is made several times as fast as member by member.
  const copy: Record<string, unknown> = { ...value };
  for (const name in copy) {
    const member = copy[name];
    if (typeof member === 'object') copy[name] = jsonCopy(member);
    else if (member === undefined) delete copy[name];
  }
  return copy;
};

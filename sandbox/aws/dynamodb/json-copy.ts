/** A copy of a value as JSON would give it back: members without a value are not there. */
export const jsonCopy = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(jsonCopy);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member === undefined) continue;
    // Assigned, this name would set the prototype.
    if (name === '__proto__') {
      const own = { value: jsonCopy(member), configurable: true, enumerable: true, writable: true };
      Object.defineProperty(copy, name, own);
    } else copy[name] = jsonCopy(member);
  }
  return copy;
};

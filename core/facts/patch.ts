/** Changes of a record as JSON merge patches (RFC 7386): what a fact did to the record, in no more bytes than changed. */

/** What JSON can say. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

type JsonObject = { readonly [name: string]: Json };

/** Whether a value is an object with members. */
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as JSON keeps it: members without a value are not there. */
export const asJson = (value: unknown): Json => {
  if (typeof value !== 'object' || value === null) return value as Json;
  if (Array.isArray(value)) return value.map((item) => asJson(item ?? null));
  // Copied whole, an object is made several times as fast as member by member, or as its text.
  const copy: Record<string, unknown> = { ...value };
  for (const name in copy) {
    const member = copy[name];
    if (typeof member === 'object') copy[name] = asJson(member);
    else if (member === undefined) delete copy[name];
  }
  return copy as JsonObject;
};

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
};

/**
 * A value as JSON with its members in the order of their UTF-16 code units and no white space: the canonical form of
 * RFC 8785 (ECMAScript writes numbers and strings as it asks for).
 */
export const canonical = (value: unknown): string => JSON.stringify(sorted(asJson(value)));

/** Whether two values are the same; the table gives the members of an object in any order. */
const isSame = (a: Json, b: Json): boolean => {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((each, n) => isSame(each, b[n]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name] as Json, b[name] as Json))
  );
};

/** The patch that makes `after` of `before`; undefined where nothing differs. Neither may hold a null: in a patch it deletes. */
export const patchOf = (before: JsonObject, after: JsonObject): JsonObject | undefined => {
  // Maps: a target may be called `constructor`.
  const [old, next] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const gone = [...old.keys()].filter((name) => !next.has(name));
  const changes: (readonly [string, Json])[] = gone.map((name) => [name, null]);
  for (const [name, value] of next) {
    const was = old.get(name);
    const inner = isObject(was) && isObject(value) ? patchOf(was, value) : undefined;
    if (inner) changes.push([name, inner]);
    else if (was === undefined || !isSame(was, value)) changes.push([name, value]);
  }
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
};

/** What a patch makes of a value (RFC 7386, section 2). */
export const patched = (value: Json, patch: Json): Json => {
  if (!isObject(patch)) return patch;
  const members = new Map(Object.entries(isObject(value) ? value : {}));
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) members.delete(name);
    else members.set(name, patched(members.get(name) ?? {}, change));
  }
  return Object.fromEntries(members);
};

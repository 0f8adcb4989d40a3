/**
 * Knows items of which dynalite's checks have nothing to say: every attribute has one type, and its value is of it. They
 * are most items, and the checks look at each of their attributes several times.
 */

/** Numbers that DynamoDB gives back as they were written, and has room for. */
const PLAIN_NUMBER = /^(?:0|-?[1-9]\d{0,17}|-?(?:0|[1-9]\d{0,8})\.\d{0,8}[1-9])$/;

/** Bytes that an attribute may take beside its name and its texts. */
const OVERHEAD = 24;

/** Bytes that a character takes at most, by UTF-16 code units. */
const WIDEST = 3;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Bytes that an attribute takes at most; NaN: it is not plain. */
const sizeOf = (attribute: unknown): number => {
  if (!isObject(attribute)) return Number.NaN;
  const names = Object.keys(attribute);
  const type = names[0];
  if (names.length !== 1 || type === undefined) return Number.NaN;
  const value = attribute[type];
  switch (type) {
    case 'S':
      return typeof value === 'string' ? OVERHEAD + WIDEST * value.length : Number.NaN;
    case 'N':
      return typeof value === 'string' && PLAIN_NUMBER.test(value) ? OVERHEAD : Number.NaN;
    case 'BOOL':
      return typeof value === 'boolean' ? OVERHEAD : Number.NaN;
    case 'NULL':
      return value === true ? OVERHEAD : Number.NaN;
    case 'L':
      return Array.isArray(value)
        ? value.reduce((size, each) => size + sizeOf(each), OVERHEAD)
        : Number.NaN;
    case 'M':
      return isObject(value) ? OVERHEAD + sizeOfAll(value) : Number.NaN;
    default:
      return Number.NaN;
  }
};

const sizeOfAll = (attributes: Readonly<Record<string, unknown>>): number => {
  let size = 0;
  for (const name of Object.keys(attributes)) {
    size += WIDEST * name.length + sizeOf(attributes[name]);
    // No attribute of this name is left by the checks.
    if (name === '__proto__') return Number.NaN;
  }
  return size;
};

/** Whether an item is one of them, and fits into so many bytes. */
export const isPlainItem = (item: unknown, bytes: number): boolean =>
  isObject(item) && sizeOfAll(item) <= bytes;

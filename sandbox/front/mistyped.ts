/** Knows what AWS says about a value that is not of its member's type. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { NumericValue } from '@smithy/core/serde';

const isContainer = (value: unknown): boolean =>
  typeof value === 'object' &&
  !(value instanceof Date || value instanceof Uint8Array || value instanceof NumericValue);

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean =>
  ['number', 'bigint'].includes(typeof value) || value instanceof NumericValue;
/** What JSON says with words: a document has no other way to write these numbers. */
const isUnusualNumber = (value: unknown): boolean =>
  ['NaN', 'Infinity', '-Infinity'].includes(String(value));

/** Types of single values: the name of each, and what a document of a wire (or its codec) may give for it. */
const scalars: readonly (readonly [
  is: (shape: NormalizedSchema) => boolean,
  name: string,
  fits: (value: unknown) => boolean,
])[] = [
  [(shape) => shape.isStringSchema(), 'String', isText],
  [(shape) => shape.isBooleanSchema(), 'Boolean', (value) => typeof value === 'boolean'],
  [
    (shape) => shape.isTimestampSchema(),
    'Date',
    (value) => isNumber(value) || isText(value) || value instanceof Date,
  ],
  [
    (shape) => shape.isBlobSchema(),
    'Blob',
    (value) => isText(value) || value instanceof Uint8Array,
  ],
  [
    (shape) => shape.isNumericSchema() || shape.isBigIntegerSchema() || shape.isBigDecimalSchema(),
    'Number',
    (value) => isNumber(value) || isUnusualNumber(value),
  ],
];

const tokenOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return isNumber(value) ? 'NUMBER_VALUE' : 'STRING_VALUE';
};

/** The complaint about a value itself, without a look at what it holds. */
const ownComplaint = (shape: NormalizedSchema, value: unknown): string | undefined => {
  if (shape.isListSchema()) {
    if (Array.isArray(value)) return undefined;
    return isContainer(value)
      ? 'Start of structure or map found where not expected'
      : 'Unexpected field type';
  }
  if (shape.isStructSchema() || shape.isMapSchema()) {
    if (Array.isArray(value)) return 'Start of list found where not expected';
    return isContainer(value) ? undefined : 'Unexpected field type';
  }
  const [, name, fits] = scalars.find(([is]) => is(shape)) ?? [];
  if (!fits || fits(value)) return undefined;
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (isContainer(value)) return 'Start of structure or map found where not expected';
  return `${tokenOf(value)} cannot be converted to ${name}`;
};

const inside = (
  shape: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
): readonly (readonly [NormalizedSchema, unknown, string])[] => {
  if (shape.isStructSchema()) {
    return [...shape.structIterator()].map(([name, member]) => {
      const wire = member.getMergedTraits().jsonName ?? name;
      return [member, value[wire], name] as const;
    });
  }
  if (!shape.isListSchema() && !shape.isMapSchema()) return [];
  return Object.entries(value).map(
    ([key, each]) =>
      [shape.getValueSchema(), each, Array.isArray(value) ? `${+key + 1}` : key] as const,
  );
};

/** The complaint about a value, as it is on the wire or as its codec gives it; undefined: its types are right. */
export const mistyped = (
  shape: NormalizedSchema,
  value: unknown,
  path: readonly string[] = [],
): string | undefined => {
  if (value === undefined || value === null || shape.isUnitSchema()) return undefined;
  const complaint = ownComplaint(shape, value);
  if (complaint) return path.length ? `${complaint}: '${path.join('.')}'` : complaint;
  if (typeof value !== 'object' || value instanceof Uint8Array) return undefined;
  for (const [member, each, name] of inside(shape, value as Record<string, unknown>)) {
    const found = mistyped(member, each, [...path, name]);
    if (found) return found;
  }
  return undefined;
};

/** Knows what AWS says about a value that is not of its member's type. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { NumericValue } from '@smithy/core/serde';
import { itemOf, kindOf, structureOf } from './members.ts';

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

const scalarOf = (shape: NormalizedSchema) => scalars.find(([is]) => is(shape));
const known = new WeakMap<NormalizedSchema, ReturnType<typeof scalarOf> | null>();

/** The type of a single value, looked for once for each shape. */
const typeOf = (shape: NormalizedSchema) => {
  const found = known.get(shape);
  if (found !== undefined) return found ?? undefined;
  const type = scalarOf(shape);
  known.set(shape, type ?? null);
  return type;
};

/** The complaint about a value itself, without a look at what it holds. */
const ownComplaint = (shape: NormalizedSchema, value: unknown): string | undefined => {
  const kind = kindOf(shape);
  if (kind === 'list') {
    if (Array.isArray(value)) return undefined;
    return isContainer(value)
      ? 'Start of structure or map found where not expected'
      : 'Unexpected field type';
  }
  if (kind !== 'scalar') {
    if (Array.isArray(value)) return 'Start of list found where not expected';
    return isContainer(value) ? undefined : 'Unexpected field type';
  }
  const [, name, fits] = typeOf(shape) ?? [];
  if (!fits || fits(value)) return undefined;
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (isContainer(value)) return 'Start of structure or map found where not expected';
  return `${tokenOf(value)} cannot be converted to ${name}`;
};

/** A complaint, and where: the path is put together only where there is one. */
interface Fault {
  readonly complaint: string;
  readonly path: string[];
}

/** The first fault of a member; its name is put in front of the path. */
const below = (shape: NormalizedSchema, value: unknown, name: string): Fault | undefined => {
  const fault = faultOf(shape, value);
  fault?.path.unshift(name);
  return fault;
};

const faultInside = (shape: NormalizedSchema, value: object): Fault | undefined => {
  const kind = kindOf(shape);
  if (kind === 'structure') {
    const given = value as Readonly<Record<string, unknown>>;
    for (const { wire, name, shape: member } of structureOf(shape).members) {
      const each = given[wire];
      const fault = each === undefined ? undefined : below(member, each, name);
      if (fault) return fault;
    }
    return undefined;
  }
  if (kind === 'scalar') return undefined;
  const item = itemOf(shape);
  for (const [key, each] of Object.entries(value)) {
    const fault = below(item, each, Array.isArray(value) ? `${+key + 1}` : key);
    if (fault) return fault;
  }
  return undefined;
};

const faultOf = (shape: NormalizedSchema, value: unknown): Fault | undefined => {
  if (value === undefined || value === null || kindOf(shape) === 'unit') return undefined;
  const complaint = ownComplaint(shape, value);
  if (complaint) return { complaint, path: [] };
  if (typeof value !== 'object' || value instanceof Uint8Array) return undefined;
  return faultInside(shape, value);
};

/** The complaint about a value, as it is on the wire or as its codec gives it; undefined: its types are right. */
export const mistyped = (shape: NormalizedSchema, value: unknown): string | undefined => {
  const fault = faultOf(shape, value);
  if (!fault) return undefined;
  const { complaint, path } = fault;
  return path.length ? `${complaint}: '${path.join('.')}'` : complaint;
};

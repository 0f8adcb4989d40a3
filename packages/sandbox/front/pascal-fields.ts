/** Knows how Step Functions' JSON with PascalCase names and a service's values turn into one another. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { mistyped } from './mistyped.ts';
import { fieldName } from './sdk-names.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapped = (
  record: Record<string, unknown>,
  change: (value: unknown) => unknown,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const dateOf = (value: unknown, action: string): Date => {
  // Numbers are seconds since 1970, as in AWS's own JSON.
  const date = new Date(typeof value === 'number' ? value * 1000 : String(value));
  if (!Number.isNaN(date.getTime())) return date;
  throw new Error(`${action}: ${JSON.stringify(value)} is not a timestamp`);
};

const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

const structToMembers = (
  shape: NormalizedSchema,
  value: Record<string, unknown>,
  action: string,
): Record<string, unknown> => {
  const members = [...shape.structIterator()];
  const named = (field: string) =>
    members.find(([name]) => fieldName(name) === field) ??
    // Whether AWS takes `KMSKeyArn` beside `KmsKeyArn` is documented nowhere: both pass.
    members.find(([name]) => name === field && /^[A-Z]/.test(name));
  const entries = Object.entries(value).map(([field, given]) => {
    const found = named(field);
    if (found) return [found[0], toMembers(found[1], given, action)];
    const fields = members.map(([name]) => fieldName(name)).join(', ') || 'none';
    throw new Error(`${action}: the field "${field}" is not supported, only ${fields}`);
  });
  return Object.fromEntries(entries);
};

/** Turns JSON with PascalCase fields into a value with the model's members; `action` is named in its Errors. */
export const toMembers = (shape: NormalizedSchema, value: unknown, action: string): unknown => {
  if (value === null || value === undefined) return undefined;
  if (shape.isUnitSchema()) return {};
  if (isRecord(value) && shape.isStructSchema()) return structToMembers(shape, value, action);
  if (isRecord(value) && shape.isMapSchema()) {
    return mapped(value, (each) => toMembers(shape.getValueSchema(), each, action));
  }
  if (Array.isArray(value) && shape.isListSchema()) {
    return value.map((each) => toMembers(shape.getValueSchema(), each, action));
  }
  if (shape.isStructSchema() || shape.isMapSchema() || shape.isListSchema()) {
    const wanted = shape.isListSchema() ? 'a list' : 'an object';
    throw new Error(`${action}: ${JSON.stringify(value)} is given where ${wanted} is needed`);
  }
  if (shape.isTimestampSchema()) return dateOf(value, action);
  if (shape.isBlobSchema()) return bytesOf(value);
  const complaint = mistyped(shape, value);
  if (complaint) throw new Error(`${action}: ${complaint}, in ${JSON.stringify(value)}`);
  return value;
};

const instant = (value: Date): string => value.toISOString().replace('.000Z', 'Z');

/** Turns a value with the model's members into JSON with PascalCase fields. */
export const fromMembers = (shape: NormalizedSchema, value: unknown): unknown => {
  if (value === null || value === undefined) return undefined;
  if (shape.isUnitSchema()) return {};
  if (shape.isBlobSchema() && value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (value instanceof Date) return instant(value);
  if (Array.isArray(value) && shape.isListSchema()) {
    return value.map((each) => fromMembers(shape.getValueSchema(), each) ?? null);
  }
  if (isRecord(value) && shape.isMapSchema()) {
    return mapped(value, (each) => fromMembers(shape.getValueSchema(), each));
  }
  if (!isRecord(value) || !shape.isStructSchema()) return value;
  const entries = [...shape.structIterator()].flatMap(([name, member]) => {
    const given = fromMembers(member, value[name]);
    return given === undefined ? [] : [[fieldName(name), given]];
  });
  return Object.fromEntries(entries);
};

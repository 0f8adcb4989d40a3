/**
 * Knows values that a wire brings across unchanged: each is exactly of its member's type. They need not be written and read
 * again; a copy is made, as the wire makes one. Everything else is for the protocols, which refuse or forgive it.
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { itemOf, kindOf, structureOf } from './members.ts';

/** Says of a value that it is none of them. */
export const CHANGED = Symbol('changed');

type Copy = (value: unknown) => unknown;

/** What a wire does to values. */
interface Wire {
  /** Services take its document as it is: it has neither times nor bytes. */
  readonly raw: boolean;
  /** It is text without types: what is empty may be lost on it, and so may some characters. */
  readonly text: boolean;
}

/** Characters that XML or its readers change. */
const SPECIAL = /^\s|\s$|[^\x20-\x7e]|[&<>"']/;

const changed: Copy = () => CHANGED;

/** Traits of a member that make more of it than a value in a document. */
const TRAITS = ['mediaType', 'streaming', 'httpPayload', 'httpHeader', 'httpLabel', 'httpQuery'];

const isInstant = (value: unknown): value is Date =>
  value instanceof Date && !Number.isNaN(value.getTime());

const scalarOf = (shape: NormalizedSchema, { raw, text }: Wire): Copy => {
  if (shape.isStringSchema()) {
    return text
      ? (value) =>
          typeof value === 'string' && value !== '' && !SPECIAL.test(value) ? value : CHANGED
      : (value) => (typeof value === 'string' ? value : CHANGED);
  }
  if (shape.isBooleanSchema()) return (value) => (typeof value === 'boolean' ? value : CHANGED);
  if (shape.isNumericSchema()) return (value) => (Number.isFinite(value) ? value : CHANGED);
  if (raw) return changed;
  if (shape.isTimestampSchema())
    return (value) => (isInstant(value) ? new Date(value.getTime()) : CHANGED);
  if (shape.isBlobSchema() && !text)
    return (value) => (value instanceof Uint8Array ? Uint8Array.from(value) : CHANGED);
  return changed;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** The wires that there are: a copier is made once for each shape on each of them. */
const WIRES = [false, true].flatMap((raw) => [false, true].map((text): Wire => ({ raw, text })));
const known = new Map(WIRES.map((wire) => [wire, new WeakMap<object, Copy>()]));

const listOf = (shape: NormalizedSchema, wire: Wire): Copy => {
  const copy = copierOf(itemOf(shape), wire);
  return (value) => {
    if (!Array.isArray(value) || (wire.text && value.length === 0)) return CHANGED;
    const copied: unknown[] = [];
    for (const each of value) {
      const made = copy(each);
      if (made === CHANGED) return CHANGED;
      copied.push(made);
    }
    return copied;
  };
};

const mapOf = (shape: NormalizedSchema, wire: Wire): Copy => {
  const copy = copierOf(itemOf(shape), wire);
  return (value) => {
    if (!isRecord(value)) return CHANGED;
    const names = Object.keys(value);
    if (wire.text && names.length === 0) return CHANGED;
    const copied: Record<string, unknown> = { ...value };
    for (const name of names) {
      const made = copy(value[name]);
      if (made === CHANGED) return CHANGED;
      copied[name] = made;
    }
    return copied;
  };
};

const structOf = (shape: NormalizedSchema, wire: Wire): Copy => {
  const members = structureOf(shape).members.map(({ name, shape: member }) => ({
    name,
    copy: copierOf(member, wire),
    isMade: member.getMergedTraits().idempotencyToken !== undefined,
  }));
  const made = members.filter(({ isMade }) => isMade);
  const byName = new Map(members.map((member) => [member.name, member]));

  /** In the order in which it is given: the document is taken as it is. */
  const asGiven = (value: Readonly<Record<string, unknown>>): unknown => {
    // Copied whole, an object is made several times as fast as member by member.
    const copied: Record<string, unknown> = { ...value };
    for (const name in copied) {
      const member = copied[name] === undefined ? undefined : byName.get(name);
      const copy = member?.copy(copied[name]);
      if (copy === CHANGED) return CHANGED;
      if (member) copied[name] = copy;
      else delete copied[name];
    }
    return copied;
  };

  /** In the order of the shape, as codecs write and read it. */
  const inOrder = (value: Readonly<Record<string, unknown>>): unknown => {
    const copied: Record<string, unknown> = {};
    for (const { name, copy } of members) {
      const given = value[name];
      if (given === undefined) continue;
      const one = copy(given);
      if (one === CHANGED) return CHANGED;
      copied[name] = one;
    }
    return copied;
  };

  return (value) => {
    if (!isRecord(value)) return CHANGED;
    // A client makes up a token that it is not given.
    if (made.some(({ name }) => value[name] === undefined)) return CHANGED;
    const copied = wire.raw ? asGiven(value) : inOrder(value);
    return wire.text && copied !== CHANGED && Object.keys(copied as object).length === 0
      ? CHANGED
      : copied;
  };
};

const make = (shape: NormalizedSchema, wire: Wire): Copy => {
  const kind = kindOf(shape);
  if (kind === 'list') return listOf(shape, wire);
  if (kind === 'map') return mapOf(shape, wire);
  if (kind === 'structure') return structOf(shape, wire);
  return kind === 'unit' ? () => ({}) : scalarOf(shape, wire);
};

/** What makes the copy of a value of a shape; made when it is first used, since shapes may hold themselves. */
const copierOf = (shape: NormalizedSchema, wire: Wire): Copy => {
  const traits: Readonly<Record<string, unknown>> = shape.getMergedTraits();
  if (TRAITS.some((trait) => traits[trait] !== undefined)) return changed;
  const schema: unknown = shape.getSchema();
  const found =
    typeof schema === 'object' && schema !== null ? known.get(wire)?.get(schema) : undefined;
  if (found) return found;
  let made: Copy | undefined;
  const copy: Copy = (value) => {
    made ??= make(shape, wire);
    return made(value);
  };
  if (typeof schema === 'object' && schema !== null) known.get(wire)?.set(schema, copy);
  return copy;
};

/** The wire of a service. */
export const wireOf = (raw: boolean, text: boolean): Wire =>
  WIRES.find((wire) => wire.raw === raw && wire.text === text) as Wire;

/** A copy of a value that comes across unchanged; `CHANGED` of another one. */
export const unchanged = (shape: NormalizedSchema, value: unknown, wire: Wire): unknown =>
  copierOf(shape, wire)(value);

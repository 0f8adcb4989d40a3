/** Knows how a JSON document becomes an input: what is on the wire is checked before its codec forgives it. */
import type { JsonShapeDeserializer2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { DocumentType } from '@smithy/types';
import { parsedJson } from '../../json-text.ts';
import { itemOf, kindOf, structureOf } from '../members.ts';
import { mistyped } from '../mistyped.ts';

/** Parses a document, which must be an object. */
export const jsonObject = (text: string): Record<string, unknown> => {
  const document = parsedJson(text);
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
    return document;
  }
  throw new Error(
    Array.isArray(document) ? 'Start of list found where not expected' : 'Unexpected field type',
  );
};

/** The document of a request; throws an Error in AWS's words where a value is not of its member's type. */
const typedDocument = (shape: NormalizedSchema, text: string): Record<string, unknown> => {
  const document = jsonObject(text);
  const complaint = mistyped(shape, document);
  if (complaint) throw new Error(complaint);
  return document;
};

/** Removes members that are null, which AWS takes as not given; in lists and maps null is a value. */
const removeNulls = (shape: NormalizedSchema, value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  const kind = kindOf(shape);
  if (kind === 'structure') {
    const given = value as Record<string, unknown>;
    for (const { name, shape: member } of structureOf(shape).members) {
      const each = given[name];
      if (each === null) delete given[name];
      else if (typeof each === 'object') removeNulls(member, each);
    }
    return;
  }
  if (kind !== 'map' && kind !== 'list') return;
  const item = itemOf(shape);
  for (const each of Object.values(value)) removeNulls(item, each);
};

/** Reads the input of a service that takes the document as it is on the wire. */
export const readRaw = (shape: NormalizedSchema, text: string): unknown => {
  const document = typedDocument(shape, text);
  removeNulls(shape, document);
  return document;
};

/** Reads an input. */
export const readDocument = (
  reader: JsonShapeDeserializer2,
  shape: NormalizedSchema,
  text: string,
): any => {
  const document = typedDocument(shape, text);
  return reader.readObject(shape.getSchema(), document as DocumentType);
};

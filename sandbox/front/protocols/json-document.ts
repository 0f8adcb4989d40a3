/** Knows how a JSON document becomes an input: what is on the wire is checked before its codec forgives it. */
import type { JsonShapeDeserializer2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { DocumentType } from '@smithy/types';
import { parsedJson } from '../../json-text.ts';
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

const memberOf = (shape: NormalizedSchema, name: string) => shape.getMemberSchemas()[name];

/** A value without members that are null, which AWS takes as not given; in lists and maps null is a value. */
const withoutNulls = (shape: NormalizedSchema, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (shape.isListSchema() && Array.isArray(value)) {
    return value.map((item) => withoutNulls(shape.getValueSchema(), item));
  }
  if (!shape.isMapSchema() && !shape.isStructSchema()) return value;
  const entries = Object.entries(value).map(([name, each]) => {
    const inner = shape.isMapSchema() ? shape.getValueSchema() : memberOf(shape, name);
    return [name, inner ? withoutNulls(inner, each) : each] as const;
  });
  return Object.fromEntries(
    shape.isMapSchema() ? entries : entries.filter(([, each]) => each !== null),
  );
};

/** Reads the input of a service that takes the document as it is on the wire. */
export const readRaw = (shape: NormalizedSchema, text: string): unknown =>
  withoutNulls(shape, typedDocument(shape, text));

/** Reads an input. */
export const readDocument = (
  reader: JsonShapeDeserializer2,
  shape: NormalizedSchema,
  text: string,
): any => {
  const document = typedDocument(shape, text);
  return reader.readObject(shape.getSchema(), document as DocumentType);
};

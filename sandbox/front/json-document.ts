/** Knows how a JSON document becomes an input: what is on the wire is checked before its codec forgives it. */
import type { JsonShapeDeserializer2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { DocumentType } from '@smithy/types';
import { mistyped } from './mistyped.ts';

/** Parses a document, which must be an object. */
export const jsonObject = (text: string): Record<string, unknown> => {
  const document = JSON.parse(text);
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
    return document;
  }
  throw new Error(
    Array.isArray(document) ? 'Start of list found where not expected' : 'Unexpected field type',
  );
};

/** Reads an input; throws an Error in AWS's words where a value is not of its member's type. */
export const readDocument = (
  reader: JsonShapeDeserializer2,
  shape: NormalizedSchema,
  text: string,
): any => {
  const document = jsonObject(text);
  const complaint = mistyped(shape, document);
  if (complaint) throw new Error(complaint);
  return reader.readObject(shape.getSchema(), document as DocumentType);
};

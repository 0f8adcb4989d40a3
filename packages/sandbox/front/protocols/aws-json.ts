/** Knows the protocols awsJson 1.0 and 1.1: one JSON document each way, the operation in `X-Amz-Target`. */
import { JsonCodec2, type JsonSettings, JsonShapeDeserializer2 } from '@smithy/core/protocols';
import type { HttpResponse } from '../../http.ts';
import { encoded } from '../bytes.ts';
import { errorStructure } from '../wire-error.ts';
import { jsonObject, readDocument, readRaw } from './json-document.ts';
import type { Protocol } from './protocol.ts';
import { queryError } from './query-error.ts';

const settings: JsonSettings = {
  timestampFormat: { useTrait: true, default: 7 },
  jsonName: false,
};
const serializer = new JsonCodec2(settings).createSerializer();
const deserializer = new JsonShapeDeserializer2(settings);

const targetOf = (headers: Readonly<Record<string, string>>) =>
  /^(?<service>.*)\.(?<operation>[^.]*)$/.exec(headers['x-amz-target'] ?? '')?.groups;

/** awsJson in one of its versions, which differ in nothing but the content type. */
export const awsJson = (version: '1.0' | '1.1'): Protocol => {
  const contentType = `application/x-amz-json-${version}`;

  const response = (status: number, body: Uint8Array): HttpResponse => ({
    status,
    headers: { 'content-type': contentType },
    body,
  });

  return {
    speaks: ({ headers }) => headers['content-type']?.startsWith(contentType) ?? false,
    target: ({ headers }) => targetOf(headers)?.service,
    operationName: ({ headers }) => targetOf(headers)?.operation ?? '',
    read: async ({ body }, { input }, { row }) => {
      const document = new TextDecoder().decode(body) || '{}';
      if (input.isUnitSchema()) return jsonObject(document);
      if (row.raw) return readRaw(input, document);
      return readDocument(deserializer, input, document);
    },
    write: async (output, operation, { row }) => {
      if (row.raw) return response(200, encoded(JSON.stringify(output ?? {})));
      if (operation.output.isUnitSchema()) return response(200, encoded(''));
      serializer.write(operation.output, output ?? {});
      return response(200, encoded(serializer.flush()));
    },
    fail: async (error, model) => {
      const { schema, value } = errorStructure(error, { __type: error.name });
      serializer.write(schema, value);
      const { status, headers, body } = response(error.status, encoded(serializer.flush()));
      return { status, headers: { ...headers, ...queryError(error, model) }, body };
    },
  };
};

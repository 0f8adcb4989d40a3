/** Knows the protocol Smithy RPC v2 CBOR: one CBOR document each way, service and operation in the path. */
import { CborCodec } from '@smithy/core/cbor';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { HttpRequest, HttpResponse } from '../../http.ts';
import { encoded } from '../bytes.ts';
import { mistyped } from '../mistyped.ts';
import { pathOf } from '../url.ts';
import { errorStructure } from '../wire-error.ts';
import type { Protocol } from './protocol.ts';
import { queryError } from './query-error.ts';

const codec = new CborCodec();
const serializer = codec.createSerializer();
const deserializer = codec.createDeserializer();

const decoded = async (input: NormalizedSchema, body: Uint8Array): Promise<unknown> => {
  const document = await deserializer.read(input, body);
  const complaint = mistyped(input, document);
  if (complaint) throw new Error(complaint);
  return document;
};

const addressOf = ({ url }: HttpRequest) =>
  /\/service\/(?<service>[^/]+)\/operation\/(?<operation>[^/]+)$/.exec(pathOf(url))?.groups;

const response = (
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', ...headers },
  body,
});

/** Smithy RPC v2 CBOR. */
export const rpcCbor: Protocol = {
  speaks: ({ headers }) => headers['smithy-protocol'] === 'rpc-v2-cbor',
  target: (request) => addressOf(request)?.service,
  operationName: (request) => addressOf(request)?.operation ?? '',
  read: async ({ body }, { input }) =>
    input.isUnitSchema() || body.length === 0 ? {} : decoded(input, body),
  write: async (output, operation) => {
    if (operation.output.isUnitSchema()) return response(200, {}, encoded(''));
    serializer.write(operation.output, output ?? {});
    return response(200, {}, encoded(serializer.flush()));
  },
  fail: async (error, model) => {
    const { schema, value } = errorStructure(error, { __type: error.name });
    serializer.write(schema, value);
    return response(error.status, queryError(error, model), encoded(serializer.flush()));
  },
};

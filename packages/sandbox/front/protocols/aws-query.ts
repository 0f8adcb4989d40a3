/** Knows the protocol awsQuery: a form in (body, or the query of a presigned URL), XML out. */
import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import type { $SchemaRef, StaticStructureSchema } from '@smithy/types';
import type { HttpRequest, HttpResponse } from '../../http.ts';
import { encoded } from '../bytes.ts';
import type { ServiceModel } from '../model.ts';
import { documentSchema, structure } from '../schemas.ts';
import { queryOf } from '../url.ts';
import { errorStructure } from '../wire-error.ts';
import type { Protocol } from './protocol.ts';
import { fromForm } from './query-form.ts';

const formOf = ({ method, url, body }: HttpRequest): URLSearchParams =>
  method === 'GET' ? queryOf(url) : new URLSearchParams(new TextDecoder().decode(body));

const xml = (
  status: number,
  schema: StaticStructureSchema,
  value: unknown,
  model: ServiceModel | undefined,
): HttpResponse => {
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: 5 },
    xmlNamespace: model?.xmlNamespace ?? '',
    serviceNamespace: '',
  });
  serializer.write(schema, value);
  return { status, headers: { 'content-type': 'text/xml' }, body: encoded(serializer.flush()) };
};

/** The names that errors of no service in particular have in this protocol. */
const names: Readonly<Record<string, string>> = {
  SerializationException: 'MalformedInput',
  UnknownOperationException: 'InvalidAction',
};

/** awsQuery. */
export const awsQuery: Protocol = {
  speaks: ({ method, url, headers }) =>
    method === 'GET'
      ? queryOf(url).has('Action')
      : (headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false),
  target: () => undefined,
  operationName: (request) => formOf(request).get('Action') ?? '',
  read: async (request, { input }) => fromForm(input, formOf(request)),
  write: async (output, operation, model, requestId) => {
    const result: Record<string, $SchemaRef> = operation.output.isUnitSchema()
      ? {}
      : { [`${operation.name}Result`]: operation.output.getSchema() };
    const schema = structure(`${operation.name}Response`, {
      ...result,
      ResponseMetadata: structure('ResponseMetadata', { RequestId: 0 }),
    });
    const value = {
      [`${operation.name}Result`]: output ?? {},
      ResponseMetadata: { RequestId: requestId },
    };
    return xml(200, schema, value, model);
  },
  fail: async (error, model, requestId) => {
    const typed = Object.entries(error.members).filter(([, ref]) => ref !== documentSchema);
    const inner = errorStructure(
      { ...error, messageName: 'Message', members: Object.fromEntries(typed) },
      {
        Type: error.fault === 'client' ? 'Sender' : 'Receiver',
        Code: names[error.code] ?? error.code,
      },
    );
    const schema = structure('ErrorResponse', { Error: inner.schema, RequestId: 0 });
    return xml(error.status, schema, { Error: inner.value, RequestId: requestId }, model);
  },
};

/** Knows how an AWS request becomes a call of the sandbox and its result an AWS response. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../aws-error.ts';
import type { CallFunction, Principal } from '../cloud.ts';
import type { Answer, HttpRequest, HttpResponse } from '../http.ts';
import { uncompressed } from './bytes.ts';
import { type Listening, listen } from './listen.ts';
import { modelOf, type OperationModel, type ServiceModel, serviceOf } from './model.ts';
import type { Ask } from './objects.ts';
import { type Protocol, protocolOf, protocolWith } from './protocols/protocol.ts';
import { lacksMember, refuseMissing } from './required.ts';
import { scopeOf } from './signature.ts';
import { CHANGED, unchanged, wireOf } from './unchanged.ts';
import { wireErrorOf } from './wire-error.ts';

/** What the front needs of the sandbox. */
export interface FrontOptions {
  readonly call: CallFunction;
  /** Who an access key belongs to; may throw an AwsError. */
  readonly principalOf: (accessKeyId: string | undefined) => Principal;
}

/** The sandbox as SDKs and the `aws` CLI see it. */
export interface Front {
  /** Answers one request, without a socket. */
  readonly answer: Answer;
  /** Answers a client in this process, where the wire would change nothing of what it says. */
  readonly ask: Ask;
  /** Listens on 127.0.0.1; port 0, the default, means a free one. Rejects if the port is taken. */
  readonly listen: (port?: number) => Promise<Listening>;
}

const unknownOperation = (service: string, operation: string) =>
  new AwsError('UnknownOperationException', `${service}.${operation} is not part of this sandbox`);

const inputOf = async (
  protocol: Protocol,
  request: HttpRequest,
  operation: OperationModel,
  model: ServiceModel,
): Promise<unknown> => {
  try {
    return await protocol.read(request, operation, model);
  } catch (error) {
    throw new AwsError('SerializationException', (error as Error).message);
  }
};

/** What comes across of a value; a service that speaks REST binds members to places, so nothing does as it is. */
const across = ({ row, protocol }: ServiceModel, shape: NormalizedSchema, value: unknown) =>
  protocol.endsWith('#restJson1')
    ? CHANGED
    : unchanged(shape, value, wireOf(row.raw === true, protocol.endsWith('#awsQuery')));

/** Makes the front of a sandbox; every request becomes one call, and whatever goes wrong a response. */
export const front = ({ call, principalOf }: FrontOptions): Front => {
  let requests = 0;

  const newRequest = (): string => {
    requests += 1;
    return `00000000-0000-4000-8000-${String(requests).padStart(12, '0')}`;
  };

  const ask: Ask = async ({ target, operation: name, input: given, accessKeyId, region }) => {
    const row = serviceOf(target, '');
    const model = row && (await modelOf(row));
    const operation = model?.operations.get(name);
    if (!model || !operation) return undefined;
    const input = across(model, operation.input, given);
    if (input === CHANGED || lacksMember(operation.input, input)) return undefined;
    const requestId = newRequest();
    const written = async (response: Promise<HttpResponse>) => {
      const { headers, ...rest } = await response;
      return { response: { ...rest, headers: { ...headers, 'x-amzn-requestid': requestId } } };
    };
    const protocol = protocolWith(model);
    try {
      const principal = principalOf(accessKeyId);
      const result = await call({
        principal,
        region,
        service: model.row.id,
        operation: name,
        input,
      });
      const output = across(model, operation.output, result ?? {});
      if (output !== CHANGED) return { output, requestId };
      return written(protocol.write(result, operation, model, requestId));
    } catch (error) {
      return written(protocol.fail(wireErrorOf(error, model), model, requestId));
    }
  };

  const answer: Answer = async (incoming) => {
    const requestId = newRequest();
    const protocol = protocolOf(incoming);
    let model: ServiceModel | undefined;

    const run = async () => {
      const { accessKeyId, region, signingName } = scopeOf(incoming);
      const row = serviceOf(protocol.target(incoming), signingName);
      const request = uncompressed(incoming);
      model = row && (await modelOf(row));
      const name = protocol.operationName(request, model);
      const operation = model?.operations.get(name);
      if (!model || !operation) throw unknownOperation(row?.id ?? signingName, name);
      const principal = principalOf(accessKeyId);
      const input = await inputOf(protocol, request, operation, model);
      refuseMissing(model, operation.input, input);
      const output = await call({
        principal,
        region,
        service: model.row.id,
        operation: name,
        input,
      });
      return protocol.write(output, operation, model, requestId);
    };

    const response = await run().catch((error: unknown) =>
      protocol.fail(wireErrorOf(error, model), model, requestId),
    );
    return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
  };

  return { answer, ask, listen: (port = 0) => listen(answer, port) };
};

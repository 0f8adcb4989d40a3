/** Knows how to make real SDK clients whose requests a front answers without a socket. */
import { Readable } from 'node:stream';
import type { HttpRequest as SdkRequest } from '@smithy/core/protocols';
import { buildQueryString, HttpResponse } from '@smithy/core/protocols';
import type { Call, CallFunction } from '../../../packages/sandbox/cloud.ts';
import { front } from '../../../packages/sandbox/front/front.ts';
import type { ServiceModel } from '../../../packages/sandbox/front/model.ts';
import type { Answer, HttpRequest } from '../../../packages/sandbox/http.ts';

const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const bytesOf = (body: unknown): Uint8Array =>
  typeof body === 'string'
    ? new TextEncoder().encode(body)
    : ((body ?? new Uint8Array()) as Uint8Array);

const plainRequest = (request: SdkRequest, service: string): HttpRequest => {
  const query = buildQueryString(request.query ?? {});
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return {
    method: request.method,
    url: query ? `${request.path}?${query}` : request.path,
    // Some operations of STS go unsigned.
    headers: { authorization: authorization(service), ...Object.fromEntries(headers) },
    body: bytesOf(request.body),
  };
};

/** A front over one function. */
export const frontOver = (call: CallFunction) =>
  front({ call, principalOf: () => ({ kind: 'owner' }) });

/** Settings of a client: its requests go to `answer`. */
export const through = (answer: Answer, service = 'sts') => ({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
  endpoint: 'http://127.0.0.1:1',
  maxAttempts: 1,
  disableHostPrefix: true,
  requestHandler: {
    handle: async (request: SdkRequest) => {
      const { status, headers, body } = await answer(plainRequest(request, service));
      return {
        response: new HttpResponse({
          statusCode: status,
          headers: { ...headers },
          body: Readable.from([body]),
        }),
      };
    },
  } as any,
});

/** Sends one operation with its service's client, through a front over `call`; `settings` are the client's. */
export const send = async (
  { row }: ServiceModel,
  operation: string,
  input: unknown,
  call: (request: Call) => unknown,
  settings: object = {},
): Promise<any> => {
  const module = (await row.load()) as Record<string, any>;
  const Client = Object.entries(module).find(([name]) => /^[A-Z]\w+Client$/.test(name))![1];
  const { answer } = frontOver(async (request) => call(request));
  const client = new Client({ ...through(answer, row.signingName ?? row.id), ...settings });
  return client.send(new module[`${operation}Command`](input));
};

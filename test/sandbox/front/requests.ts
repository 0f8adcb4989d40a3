/** Knows how to write requests by hand, as no SDK client would. */
import type { Call } from '../../../packages/sandbox/cloud.ts';
import type { HttpRequest, HttpResponse } from '../../../packages/sandbox/http.ts';
import { frontOver } from './loopback.ts';

export const scope = (service: string, region = 'eu-west-1') =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

export const request = (given: Partial<HttpRequest> & { text?: string }): HttpRequest => ({
  method: 'POST',
  url: '/',
  headers: {},
  body: new TextEncoder().encode(given.text ?? ''),
  ...given,
});

export const json = (target: string, document: unknown, headers: Record<string, string> = {}) =>
  request({
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, ...headers },
    text: JSON.stringify(document),
  });

export const form = (text: string, headers: Record<string, string> = {}) =>
  request({ headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, text });

export const textOf = ({ body }: HttpResponse) => new TextDecoder().decode(body);

export const documentOf = (response: HttpResponse) => JSON.parse(textOf(response));

/** A front that notes its calls. */
export const noting = (answer: unknown = {}) => {
  const calls: Call[] = [];
  const call = async (made: Call) => {
    calls.push(made);
    return answer;
  };
  return { calls, ...frontOver(call) };
};

/** Calls of DynamoDB whose input and answer are the JSON of the wire already: nothing has to be worked out from their schemas. */
import type { HttpRequest, HttpResponse } from '../../../../http.ts';

/** Operations on items: their inputs and answers have no times. */
const ON_ITEMS = /^DynamoDB_\d+\.((Get|Put|Update|Delete)Item|Query|Scan)$/;

/** Bytes are base64 on the wire; an attribute that is only named so is taken for some. */
const BYTES = /"BS?":/;

/** The request of such a call; undefined where the SDK's protocol has to write it. */
export const itemRequest = (
  target: string,
  input: object,
): (Omit<HttpRequest, 'body'> & { readonly body: string }) | undefined => {
  if (!ON_ITEMS.test(target)) return undefined;
  const body = JSON.stringify(input);
  if (BYTES.test(body)) return undefined;
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  return { method: 'POST', url: '/', headers, body };
};

/** The output of such a call; undefined where the SDK's protocol has to read it, errors among them. */
export const itemOutput = (
  target: string,
  { status, headers, body }: HttpResponse,
): Record<string, unknown> | undefined => {
  if (!ON_ITEMS.test(target) || status !== 200) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  if (BYTES.test(text)) return undefined;
  const $metadata = { httpStatusCode: status, requestId: headers['x-amzn-requestid'] };
  return { ...JSON.parse(text), $metadata };
};

/** Knows bodies: what codecs give as bytes, and compressed requests. */
import { gunzipSync } from 'node:zlib';
import { AwsError } from '../aws-error.ts';
import type { HttpRequest } from '../http.ts';

/** Bytes of a request at most: what Lambda takes of a function's code, 50 MB as base64 in JSON. */
export const LARGEST_REQUEST = 70_167_211;

/** Bytes of what a serializer has written; a copy, since serializers use their buffers again. */
export const encoded = (written: string | Uint8Array): Uint8Array =>
  typeof written === 'string' ? new TextEncoder().encode(written) : Uint8Array.from(written);

/** The request with its body uncompressed: SDKs compress large ones, e.g. of PutMetricData. */
export const uncompressed = (request: HttpRequest): HttpRequest => {
  if (request.headers['content-encoding'] !== 'gzip') return request;
  try {
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: LARGEST_REQUEST }) };
  } catch {
    throw new AwsError(
      'SerializationException',
      'The body is not gzip, as content-encoding says, or is too large',
    );
  }
};

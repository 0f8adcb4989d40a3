/** Knows who signed a request, for which service and Region; the signature itself is not verified. */
import { AwsError } from '../aws-error.ts';
import type { HttpRequest } from '../http.ts';
import { queryOf } from './url.ts';

/** The scope of a Signature Version 4. */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  /** Name that the service signs with, e.g. `monitoring` for CloudWatch. */
  readonly signingName: string;
}

const credential =
  /^(?<accessKeyId>[^/]+)\/\d{8}\/(?<region>[^/]+)\/(?<signingName>[^/]+)\/aws4_request$/;

/** Reads the scope from the Authorization header or from a presigned URL; an unsigned request is refused. */
export const scopeOf = (request: HttpRequest): Scope => {
  const { authorization } = request.headers;
  const signed = authorization
    ? (/Credential=([^,\s]+)/.exec(authorization)?.[1] ?? '')
    : queryOf(request.url).get('X-Amz-Credential');
  if (signed === null) {
    throw new AwsError(
      'MissingAuthenticationToken',
      'Request is missing Authentication Token: sign it with any access key, the sandbox reads service and Region from the signature',
      { status: 403 },
    );
  }
  const scope = credential.exec(signed)?.groups;
  if (!scope) {
    throw new AwsError(
      'IncompleteSignature',
      `The credential '${signed}' is not of the form <access key>/<date>/<Region>/<service>/aws4_request`,
    );
  }
  return scope as unknown as Scope;
};

/** Who calls a Function URL whose AuthType is AWS_IAM, and whether IAM lets that caller in. */
import { createHash } from 'node:crypto';
import type { Caller, Cloud, Operation, Permission, Principal } from '../../../cloud.ts';
import type { HttpRequest } from '../../../http.ts';
import { referenceOf } from '../arns.ts';

/** A caller as the function is told of it, in `requestContext.authorizer.iam`. */
export interface UrlCaller {
  readonly accessKey: string;
  readonly accountId: string;
  readonly userId: string;
  readonly userArn: string;
}

/** Asks for the caller of a request to a function or alias; undefined when it may not come in. */
export type UrlCallerOf = (
  request: HttpRequest,
  functionArn: string,
) => Promise<UrlCaller | undefined>;

const CREDENTIAL =
  /^AWS4-HMAC-SHA256 Credential=(?<accessKey>[^/,]+)\/\d{8}\/(?<region>[^/,]+)\/lambda\/aws4_request,.*Signature=[0-9a-f]{64}$/;

const hashOf = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');

/** The scope of a signature, if it is one for Lambda and for this body; as everywhere here no secret is verified. */
const scopeOf = ({ headers, body }: HttpRequest) => {
  const scope = CREDENTIAL.exec(headers.authorization ?? '')?.groups;
  const hash = headers['x-amz-content-sha256'] ?? hashOf(body);
  return scope && headers['x-amz-date'] && hash === hashOf(body) ? scope : undefined;
};

/** What IAM asks a caller by URL for: since October 2025 two actions (Lambda developer guide, "Control access to function URLs"). */
const permissions =
  (cloud: Cloud) =>
  (input: any, caller: Caller): Permission[] => {
    const resource = referenceOf(cloud, input, caller).qualifiedArn;
    return [
      { action: 'lambda:InvokeFunctionUrl', resource },
      { action: 'lambda:InvokeFunction', resource, viaFunctionUrl: true },
    ];
  };

/** Makes the question, and what the choke point must know for it: no operation of AWS's API. */
export const urlCallers = (
  cloud: Cloud,
  principalOf: (accessKeyId: string) => Principal,
): {
  readonly callerOf: UrlCallerOf;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly permissions: Readonly<Record<string, ReturnType<typeof permissions>>>;
} => ({
  operations: { InvokeFunctionUrl: () => ({}) },
  permissions: { InvokeFunctionUrl: permissions(cloud) },
  callerOf: async (request, functionArn) => {
    const { accessKey = '', region = '' } = scopeOf(request) ?? {};
    if (region !== functionArn.split(':')[3]) return undefined;
    try {
      const principal = principalOf(accessKey);
      const as = { principal, region };
      const input = { FunctionName: functionArn };
      await cloud.call({ ...as, service: 'lambda', operation: 'InvokeFunctionUrl', input });
      const operation = 'GetCallerIdentity';
      const { Account, Arn, UserId } = await cloud.call({
        ...as,
        service: 'sts',
        operation,
        input: {},
      });
      return { accessKey, accountId: Account, userId: UserId, userArn: Arn };
    } catch {
      return undefined;
    }
  },
});

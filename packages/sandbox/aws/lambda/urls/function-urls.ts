/** Function URLs: their settings and the requests they answer. */
import type { Caller, Cloud, Operation } from '../../../cloud.ts';
import type { HttpRequest, HttpResponse } from '../../../http.ts';
import { lambdaError } from '../errors.ts';
import { aliasOf, type Functions, type LambdaFunction, newId, revisionOf } from '../functions.ts';
import type { RunFunction } from '../invocations/invocation.ts';
import type { Policies } from '../policy.ts';
import type { UrlCallerOf } from './url-caller.ts';
import { errorResponse, internalError, urlEvent, urlResponse } from './url-event.ts';
import { type Listener, listenOnFreePort } from './url-listener.ts';

interface FunctionUrl {
  readonly fn: LambdaFunction;
  readonly qualifier: string | undefined;
  readonly authType: string;
  readonly cors: unknown;
  readonly created: number;
  readonly id: string;
  readonly listener: Listener;
}

/** The Function URLs of all Regions. */
export interface FunctionUrls {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Whether a URL has this port. */
  servesPort(port: number): boolean;
  /** Answers a request to the URL with this port. */
  serve(port: number, request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** What a failed invocation means to a caller by HTTP; anything else is a 502. */
const STATUS_OF: Readonly<Record<string, number>> = {
  TooManyRequestsException: 429,
  RequestTooLargeException: 413,
};

/** Makes the Function URLs; each listens on a free port of 127.0.0.1. */
export const functionUrls = (
  cloud: Cloud,
  functions: Functions,
  policies: Policies,
  { run, callerOf }: { readonly run: RunFunction; readonly callerOf: UrlCallerOf },
): FunctionUrls => {
  const byPort = new Map<number, FunctionUrl>();

  const serve: FunctionUrls['serve'] = (port, request) =>
    cloud.clock.busy(async () => {
      const url = byPort.get(port);
      if (!url) return errorResponse(404, 'Not Found');
      const { fn, qualifier, authType, id } = url;
      const functionArn = qualifier ? `${fn.arn}:${qualifier}` : fn.arn;
      const caller = authType === 'AWS_IAM' ? await callerOf(request, functionArn) : undefined;
      if (authType === 'AWS_IAM' && !caller) return errorResponse(403, 'Forbidden');
      if (authType === 'NONE' && !policies.isPublic(fn, qualifier))
        cloud.note(
          `${fn.name}: on AWS its Function URL would answer 403, since no permission allows lambda:InvokeFunctionUrl to everybody`,
        );
      const requestId = newId(cloud);
      const domain = request.headers.host ?? `127.0.0.1:${port}`;
      const now = cloud.clock.now();
      const event = urlEvent(request, {
        ...{ requestId, urlId: id, domain, sourceIp: '127.0.0.1', now },
        caller,
      });
      try {
        const { failed, payload } = await run(fn, qualifier, JSON.stringify(event), requestId);
        return failed ? internalError : urlResponse(payload);
      } catch (error) {
        const { name, message } = error as Error;
        return errorResponse(STATUS_OF[name] ?? 502, message);
      }
    });

  const shown = ({ fn, qualifier, authType, cors, created, listener }: FunctionUrl) => ({
    FunctionUrl: `http://127.0.0.1:${listener.port}/`,
    FunctionArn: qualifier ? `${fn.arn}:${qualifier}` : fn.arn,
    AuthType: authType,
    ...(cors !== undefined && { Cors: cors }),
    CreationTime: new Date(created).toISOString(),
    LastModifiedTime: new Date(created).toISOString(),
    InvokeMode: 'BUFFERED',
  });

  const ofFunction = (fn: LambdaFunction) => [...byPort.values()].filter((url) => url.fn === fn);
  const found = (input: any, caller: Caller): FunctionUrl => {
    const { fn, reference } = functions.find(input, caller);
    const url = ofFunction(fn).find(({ qualifier }) => qualifier === reference.qualifier);
    if (url) return url;
    throw lambdaError('ResourceNotFoundException', 'The resource you requested does not exist.');
  };

  const operations: Record<string, Operation> = {
    CreateFunctionUrlConfig: async (input, caller) => {
      const { fn, reference } = functions.find(input, caller);
      const { qualifier, qualifiedArn } = reference;
      revisionOf(fn, qualifier);
      if (qualifier !== undefined && !aliasOf(fn, qualifier))
        throw lambdaError(
          'InvalidParameterValueException',
          'A function URL belongs to a function or to an alias, not to a version',
        );
      if (input.InvokeMode === 'RESPONSE_STREAM')
        throw lambdaError(
          'InvalidParameterValueException',
          'This sandbox does not stream responses: InvokeMode must be BUFFERED',
        );
      if (ofFunction(fn).some((url) => url.qualifier === qualifier))
        throw lambdaError(
          'ResourceConflictException',
          `Failed to create function url config for [functionArn = ${qualifiedArn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        );
      const url: FunctionUrl = {
        fn,
        qualifier,
        authType: input.AuthType,
        cors: input.Cors,
        created: cloud.clock.now(),
        id: cloud.id(32, 'abcdefghijklmnopqrstuvwxyz234567'),
        listener: await listenOnFreePort(serve),
      };
      byPort.set(url.listener.port, url);
      return shown(url);
    },
    GetFunctionUrlConfig: (input, caller) => shown(found(input, caller)),
    ListFunctionUrlConfigs: (input, caller) => ({
      FunctionUrlConfigs: ofFunction(functions.find(input, caller).fn).map(shown),
    }),
    DeleteFunctionUrlConfig: async (input, caller) => {
      const url = found(input, caller);
      byPort.delete(url.listener.port);
      await url.listener.close();
      return {};
    },
  };

  return {
    operations,
    servesPort: (port) => byPort.has(port),
    serve,
    close: async () => {
      await Promise.all([...byPort.values()].map(({ listener }) => listener.close()));
      byPort.clear();
    },
  };
};

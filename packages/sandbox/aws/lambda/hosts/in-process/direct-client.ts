/**
 * A client of AWS whose requests and answers are those of the wire, but go neither through a signature nor a stream. What
 * the wire would not change is not written at all.
 */
import { HttpResponse } from '@smithy/core/protocols';
import {
  isServerError,
  isThrottlingError,
  isTransientError,
  MAXIMUM_RETRY_DELAY,
  StandardRetryStrategy,
} from '@smithy/core/retry';
import type { RetryErrorType } from '@smithy/types';
import { serviceOf } from '../../../../front/model.ts';
import type { HttpResponse as Response } from '../../../../http.ts';
import { AWS_HOST, type Surroundings } from './surroundings.ts';

/** As much of a client of the SDK as is needed here. */
type ClientClass = new (config: Record<string, unknown>) => { config: any; middlewareStack: any };

interface Command {
  readonly schema: readonly [tag: 9, namespace: string, name: string, ...rest: any[]];
  readonly input: object;
}

interface Options {
  readonly abortSignal?: AbortSignal;
}

/** What a client of the runtime cannot be told. */
const REFUSED = [
  'endpoint',
  'requestHandler',
  'httpAuthSchemes',
  'protocol',
  'retryMode',
  'retryStrategy',
];

const ENDPOINT = { protocol: 'http:', hostname: AWS_HOST, path: '/' };

/** What a protocol reads of a client and a command, beside the input. */
const contextOf = (config: any, { schema }: Command): object =>
  Object.assign(Object.create(config), {
    endpoint: async () => ENDPOINT,
    __smithy_context: { service: config.protocolSettings.serviceTarget, operation: schema[2] },
  });

const bytesOf = (body: unknown): Uint8Array =>
  body instanceof Uint8Array ? body : Buffer.from(String(body ?? ''));

const urlOf = (path: string, query: Readonly<Record<string, string | readonly string[]>>) => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
};

const errorTypeOf = (error: any): RetryErrorType => {
  if (isThrottlingError(error)) return 'THROTTLING';
  if (isTransientError(error)) return 'TRANSIENT';
  return isServerError(error) ? 'SERVER_ERROR' : 'CLIENT_ERROR';
};

const aborted = (): Error => Object.assign(new Error('Request aborted'), { name: 'AbortError' });

/** Settles as the call does, unless the signal comes first. */
const unlessAborted = <T>(call: Promise<T>, signal?: AbortSignal): Promise<T> => {
  if (!signal) return call;
  if (signal.aborted) return Promise.reject(aborted());
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(aborted()), { once: true });
    call.then(resolve, reject);
  });
};

/** What a client finds in its function's environment, where its own configuration does not say it. */
const defaults = ({ env }: Surroundings) => ({
  region: env.AWS_REGION,
  credentials: async () => ({
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    sessionToken: env.AWS_SESSION_TOKEN,
  }),
  defaultsMode: 'standard',
  maxAttempts: Number(env.AWS_MAX_ATTEMPTS ?? 3),
});

/** The SDK's retries, without its pauses: they are the function's, and run on its work time. */
const retries = (maxAttempts: () => Promise<number>) => {
  let base = 0;
  let pause = 0;
  const backoff = {
    setDelayBase: (delay: number) => {
      base = delay;
    },
    computeNextBackoffDelay: (attempt: number) => {
      pause = Math.random() * Math.min(base * 2 ** attempt, MAXIMUM_RETRY_DELAY);
      return 0;
    },
  };
  let made: Promise<StandardRetryStrategy> | undefined;
  const make = async () => new StandardRetryStrategy({ maxAttempts: await maxAttempts(), backoff });
  return {
    strategy: () => (made ??= make()),
    /** How long the SDK would wait before the attempt that was granted last. */
    pause: () => pause,
  };
};

/**
 * Makes a client class for one function. Inputs and answers are written and read by the protocol of the SDK's client,
 * and it retries as the SDK does; of the SDK's middleware, nothing else runs.
 */
export const directClient = (Client: ClientClass, surroundings: Surroundings): ClientClass => {
  /** The keys of the function, where its code gives the client no others. */
  const keysOf = ({ ownKeys, credentials }: any) =>
    ownKeys
      ? credentials()
      : {
          accessKeyId: surroundings.env.AWS_ACCESS_KEY_ID,
          sessionToken: surroundings.env.AWS_SESSION_TOKEN,
        };

  /** One attempt: throws what the protocol makes of an error. */
  const attempt = async (config: any, command: Command): Promise<any> => {
    const [, namespace, name, traits, input, output] = command.schema;
    const operation = { namespace, name, traits, input, output };
    const { serviceTarget } = config.protocolSettings;
    const { accessKeyId, sessionToken } = await keysOf(config);
    const region: string = await config.region();
    const read = ({ status, headers, body }: Response) => {
      const response = new HttpResponse({ statusCode: status, headers: { ...headers }, body });
      return config.protocol.deserializeResponse(operation, contextOf(config, command), response);
    };

    const asked = { target: serviceTarget, operation: name, input: command.input };
    const told = await surroundings.ask({ ...asked, accessKeyId, region });
    if (told && 'response' in told) return read(told.response);
    if (told) {
      const $metadata = { httpStatusCode: 200, requestId: told.requestId };
      return Object.assign(told.output as object, { $metadata });
    }

    const written = async () => {
      const context = contextOf(config, command);
      const { path, query, ...rest } = await config.protocol.serializeRequest(
        operation,
        command.input,
        context,
      );
      return {
        method: rest.method,
        headers: rest.headers,
        url: urlOf(path, query),
        body: rest.body,
      };
    };
    const request = await written();
    const row = serviceOf(serviceTarget, '');
    const scope = `${accessKeyId}/20260101/${region}/${row?.signingName ?? row?.id ?? config.serviceId}`;
    const answer = await surroundings.answer({
      method: request.method,
      url: request.url,
      headers: {
        ...request.headers,
        host: AWS_HOST,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}/aws4_request, SignedHeaders=host, Signature=none`,
        ...(sessionToken && { 'x-amz-security-token': sessionToken }),
      },
      body: bytesOf(request.body),
    });
    return read(answer);
  };

  const pause = (milliseconds: number) =>
    new Promise((resolve) => surroundings.setTimer(resolve, milliseconds));

  return class extends Client {
    readonly #retries;

    constructor(config: Record<string, unknown> = {}) {
      const refused = REFUSED.filter((name) => config[name] !== undefined);
      if (refused.length > 0) {
        throw new Error(
          `the SDK of the sandbox's runtime takes no ${refused.join(', ')}: bundle the SDK with the function`,
        );
      }
      super({ ...defaults(surroundings), ...config });
      this.config.ownKeys = config.credentials !== undefined;
      this.#retries = retries(this.config.maxAttempts);
      const refuse = () => {
        throw new Error(
          "the SDK of the sandbox's runtime takes no middleware: bundle the SDK with the function",
        );
      };
      Object.assign(this.middlewareStack, { add: refuse, addRelativeTo: refuse, use: refuse });
    }

    async send(command: Command, { abortSignal }: Options = {}): Promise<any> {
      const { config } = this;
      const strategy = await this.#retries.strategy();
      let token = await strategy.acquireInitialRetryToken('');
      for (;;) {
        try {
          const output = await unlessAborted(attempt(config, command), abortSignal);
          strategy.recordSuccess(token);
          output.$metadata.attempts = token.getRetryCount() + 1;
          return output;
        } catch (error: any) {
          if (abortSignal?.aborted) throw error;
          const attempts = token.getRetryCount() + 1;
          try {
            token = await strategy.refreshRetryTokenForRetry(token, {
              error,
              errorType: errorTypeOf(error),
            });
          } catch {
            throw Object.assign(error, { $metadata: { ...error.$metadata, attempts } });
          }
          await unlessAborted(pause(this.#retries.pause()), abortSignal);
        }
      }
    }
  };
};

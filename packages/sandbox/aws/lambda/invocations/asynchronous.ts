/** Asynchronous invocations: retries, and where the result of the last try goes. */
import type { Timer } from '../../../clock/clock.ts';
import type { Caller, Cloud, Operation } from '../../../cloud.ts';
import { lambdaError } from '../errors.ts';
import type { Functions, LambdaFunction } from '../functions.ts';
import { destination } from './destinations.ts';
import type { Run, RunFunction } from './invocation.ts';

/** Service milliseconds before the first and the second retry after a function error, as AWS documents them. */
const RETRY_DELAYS = [60_000, 120_000];
/** A throttled event is tried again after 1 s at first and 5 min at most, as AWS documents it. */
const SHORTEST_BACKOFF = 1000;
const LONGEST_BACKOFF = 5 * 60_000;
/** Errors after which an event waits for a better time: throttled, or the function is not active yet. */
const POSTPONED = [
  'TooManyRequestsException',
  'ResourceConflictException',
  'CodeArtifactUserPendingException',
];
/** Seconds that an event is kept at most. */
const LONGEST_AGE = 6 * 3600;

interface Config {
  readonly attempts: number;
  /** Seconds. */
  readonly age: number;
  readonly onFailure?: string | undefined;
  readonly onSuccess?: string | undefined;
  readonly modified: number;
}

interface Event {
  readonly fn: LambdaFunction;
  readonly qualifier: string | undefined;
  readonly payload: string;
  readonly requestId: string;
  readonly received: number;
}

/** Asynchronous invocation and its settings. */
export interface Asynchronous {
  /** Accepts an event; it runs in the background. */
  accept(fn: LambdaFunction, qualifier: string | undefined, payload: string, id: string): void;
  readonly operations: Readonly<Record<string, Operation>>;
  close(): void;
}

const configOf = (input: any, now: number): Config => ({
  attempts: input.MaximumRetryAttempts ?? RETRY_DELAYS.length,
  age: input.MaximumEventAgeInSeconds ?? LONGEST_AGE,
  onFailure: input.DestinationConfig?.OnFailure?.Destination,
  onSuccess: input.DestinationConfig?.OnSuccess?.Destination,
  modified: now,
});

/** Makes the asynchronous side of Lambda. */
export const asynchronous = (
  cloud: Cloud,
  functions: Functions,
  run: RunFunction,
): Asynchronous => {
  const configs = new WeakMap<LambdaFunction, Map<string, Config>>();
  const timers = new Set<Timer>();

  const keyOf = (qualifier: string | undefined) => qualifier ?? '$LATEST';
  const configFor = ({ fn, qualifier }: Event): Config =>
    configs.get(fn)?.get(keyOf(qualifier)) ?? configOf({}, 0);

  const later = (milliseconds: number, action: () => void) => {
    const timer = cloud.clock.after(milliseconds, () => {
      timers.delete(timer);
      action();
    });
    timers.add(timer);
  };

  /** `run` is missing if the event never got to run. */
  const finish = async (
    event: Event,
    run: Run | undefined,
    condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded',
    tries: number,
  ) => {
    const { onFailure, onSuccess } = configFor(event);
    const { Role, deadLetters } = event.fn.latest.settings;
    const failed = condition !== 'Success';
    const send = destination(cloud, event.fn.region, { role: Role, session: event.fn.name });
    const request = JSON.parse(event.payload);
    const record = {
      version: '1.0',
      timestamp: new Date(cloud.clock.now()).toISOString(),
      requestContext: {
        requestId: event.requestId,
        functionArn: `${event.fn.arn}:${keyOf(event.qualifier)}`,
        condition,
        approximateInvokeCount: tries,
      },
      requestPayload: request,
      ...(run && {
        responseContext: {
          statusCode: 200,
          executedVersion: run.version,
          ...(failed && { functionError: 'Unhandled' }),
        },
        responsePayload: JSON.parse(run.payload),
      }),
    };
    const to = failed ? onFailure : onSuccess;
    if (to) await send(to, record);
    if (failed && deadLetters) await send(deadLetters, request);
  };

  const attempt = async (event: Event, tries: number, backoff: number): Promise<void> => {
    const { fn, qualifier, payload, requestId, received } = event;
    if (functions.in(fn.region).get(fn.name) !== fn) return;
    const { attempts, age } = configFor(event);
    const fits = (delay: number) => cloud.clock.now() + delay - received <= age * 1000;
    const result = await run(fn, qualifier, payload, requestId).catch((error: Error) => {
      if (POSTPONED.includes(error.name)) return undefined;
      throw error;
    });
    if (!result && fits(backoff)) {
      later(backoff, () => start(event, tries, Math.min(2 * backoff, LONGEST_BACKOFF)));
      return;
    }
    const delay = RETRY_DELAYS[Math.min(tries, RETRY_DELAYS.length - 1)] as number;
    if (result?.failed && tries < attempts && fits(delay)) {
      later(delay, () => start(event, tries + 1, SHORTEST_BACKOFF));
      return;
    }
    if (result && !result.failed) await finish(event, result, 'Success', tries + 1);
    else if (result && tries >= attempts)
      await finish(event, result, 'RetriesExhausted', tries + 1);
    else await finish(event, result, 'EventAgeExceeded', tries);
  };

  const start = (event: Event, tries: number, backoff: number) => {
    cloud.clock
      .busy(() => attempt(event, tries, backoff))
      .catch((error: Error) =>
        cloud.note(`asynchronous invocation of ${event.fn.name}: ${error.message}`),
      );
  };

  const shown = (fn: LambdaFunction, qualifier: string | undefined) => {
    const config = configs.get(fn)?.get(keyOf(qualifier));
    if (!config)
      throw lambdaError(
        'ResourceNotFoundException',
        `The function ${fn.arn}:${keyOf(qualifier)} doesn't have an EventInvokeConfig`,
      );
    return {
      LastModified: new Date(config.modified),
      FunctionArn: `${fn.arn}:${keyOf(qualifier)}`,
      MaximumRetryAttempts: config.attempts,
      MaximumEventAgeInSeconds: config.age,
      DestinationConfig: {
        OnSuccess: { ...(config.onSuccess && { Destination: config.onSuccess }) },
        OnFailure: { ...(config.onFailure && { Destination: config.onFailure }) },
      },
    };
  };
  const named = (input: any, caller: Caller) => {
    const { fn, reference } = functions.find(input, caller);
    return { fn, qualifier: reference.qualifier };
  };

  return {
    accept: (fn, qualifier, payload, requestId) =>
      start(
        { fn, qualifier, payload, requestId, received: cloud.clock.now() },
        0,
        SHORTEST_BACKOFF,
      ),
    operations: {
      PutFunctionEventInvokeConfig: (input, caller) => {
        const { fn, qualifier } = named(input, caller);
        const ofFunction = configs.get(fn) ?? new Map<string, Config>();
        configs.set(fn, ofFunction.set(keyOf(qualifier), configOf(input, cloud.clock.now())));
        return shown(fn, qualifier);
      },
      GetFunctionEventInvokeConfig: (input, caller) => {
        const { fn, qualifier } = named(input, caller);
        return shown(fn, qualifier);
      },
      DeleteFunctionEventInvokeConfig: (input, caller) => {
        const { fn, qualifier } = named(input, caller);
        shown(fn, qualifier);
        configs.get(fn)?.delete(keyOf(qualifier));
        return {};
      },
    },
    close: () => {
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
};

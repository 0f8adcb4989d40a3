/** One run of a function: which version, whether there is room, what it writes and what is measured. */
import type { Cloud } from '../../../cloud.ts';
import { lambdaError } from '../errors.ts';
import {
  aliasOf,
  type Functions,
  type LambdaFunction,
  type Revision,
  revisionOf,
} from '../functions.ts';
import type { FunctionHost, InvocationResult } from '../hosts/host.ts';
import type { Concurrency } from './concurrency.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import type { Logs } from './logs.ts';
import type { InvocationMetrics } from './metrics.ts';

/** How a run ended. */
export interface Run {
  /** JSON. */
  readonly payload: string;
  readonly failed: boolean;
  readonly version: string;
  readonly lines: readonly string[];
}

/** Runs a function; throws Lambda's errors (throttled, not active, a runtime that cannot run here). */
export type RunFunction = (
  fn: LambdaFunction,
  qualifier: string | undefined,
  payload: string,
  requestId: string,
) => Promise<Run>;

/** What a run needs around it. */
export interface Surrounding {
  readonly host: FunctionHost;
  readonly functions: Functions;
  readonly concurrency: Concurrency;
  readonly metrics: InvocationMetrics;
  readonly logs: Logs;
}

/** Bytes of an answer at most. */
const LARGEST_ANSWER = 6_291_556;

/** A result as it leaves Lambda: an answer that is too large is an error of the function. */
const bounded = (result: InvocationResult): InvocationResult => {
  const bytes = Buffer.byteLength(result.payload);
  if (bytes <= LARGEST_ANSWER) return result;
  return {
    ...result,
    failed: true,
    payload: JSON.stringify({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${LARGEST_ANSWER} bytes).`,
    }),
  };
};

/** Makes the function that runs functions. */
export const runFunctions = (
  cloud: Cloud,
  { host, functions, concurrency, metrics, logs }: Surrounding,
): RunFunction => {
  /** A split alias sends each invocation to one of its versions, by their weights. */
  const routed = (fn: LambdaFunction, qualifier: string | undefined): Revision => {
    let left = cloud.random();
    for (const [version, weight] of Object.entries(aliasOf(fn, qualifier)?.weights ?? {})) {
      left -= weight;
      if (left < 0) return revisionOf(fn, version);
    }
    return revisionOf(fn, qualifier);
  };

  /** An update takes effect when it has settled; a function or version that is still Pending cannot be invoked. */
  const settled = (revision: Revision): Revision => {
    if (functions.isSettled(revision)) return revision;
    if (revision.previous) return revision.previous;
    throw lambdaError(
      'ResourceConflictException',
      'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    );
  };

  /** The revision that answers; throws while it wakes up. */
  const serving = (wanted: Revision): Revision => {
    const revision = settled(wanted);
    functions.idleness.use(revision);
    return revision;
  };

  const requireRunnable = ({ settings }: Revision) => {
    if (settings.Runtime.startsWith('nodejs')) return;
    throw lambdaError(
      'InvalidRuntimeException',
      `The runtime ${settings.Runtime} cannot run here: this sandbox runs nodejs functions only`,
    );
  };

  const requireRoom = (fn: LambdaFunction, dimensions: Parameters<typeof metrics.throttled>[0]) => {
    const Reason = concurrency.shortage(fn);
    if (Reason === undefined) return;
    metrics.throttled(dimensions);
    throw lambdaError('TooManyRequestsException', 'Rate Exceeded.', { Reason });
  };

  return async (fn, qualifier, payload, requestId) => {
    const revision = serving(routed(fn, qualifier));
    const { version, unit } = revision;
    const alias = aliasOf(fn, qualifier)?.name;
    const dimensions = { region: fn.region, name: fn.name, qualifier, alias, version };
    requireRunnable(revision);
    requireRoom(fn, dimensions);

    const begun = cloud.clock.now();
    const lines: string[] = [];
    const note = (line: string) => {
      lines.push(line);
      logs.add(fn.name, line);
    };
    const onLine = (line: string) => {
      note(line);
      for (const metric of embeddedMetrics(line, cloud.clock.now()))
        metrics.publish(fn.region, 'logs.amazonaws.com', metric.Namespace, metric.MetricData);
    };

    fn.running += 1;
    try {
      note(`START RequestId: ${requestId} Version: ${version}`);
      const functionArn = qualifier ? `${fn.arn}:${qualifier}` : fn.arn;
      const result = bounded(await host.invoke(unit, { requestId, functionArn, payload, onLine }));
      note(`END RequestId: ${requestId}`);
      note(report(requestId, unit.memory, result));
      metrics.invoked(dimensions, { begun, failed: result.failed, duration: result.duration });
      return { payload: result.payload, failed: result.failed, version, lines };
    } finally {
      fn.running -= 1;
    }
  };
};

/** The REPORT line, without the memory used: it is not measured. */
const report = (
  requestId: string,
  memory: number,
  { duration, initDuration }: { readonly duration: number; readonly initDuration?: number },
): string =>
  [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${duration.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(duration)} ms`,
    `Memory Size: ${memory} MB`,
    ...(initDuration === undefined ? [] : [`Init Duration: ${initDuration.toFixed(2)} ms`]),
  ].join('\t');

import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRICS_NAMESPACE } from '../core/names.ts';

type Dimensions = Readonly<Record<string, string>>;

/**
 * Counts one event once for each set of dimensions, as an embedded metric in the log: no call, no wait. CloudWatch
 * adds nothing up over dimensions, so what is to be read without one of them is written without it.
 */
const count = (name: string, ...sets: readonly Dimensions[]): void => {
  // A line for each set: of two that share a dimension Powertools would warn in every line.
  for (const dimensions of sets) {
    const metrics = new Metrics({ namespace: METRICS_NAMESPACE, singleMetric: true });
    // Else there is a `service` too, and nobody finds the series by the dimensions that they know.
    metrics.clearDefaultDimensions();
    metrics.addDimensions({ ...dimensions });
    metrics.addMetric(name, MetricUnit.Count, 1);
  }
};

/** How a validation came out. */
export type Outcome = 'Success' | 'Failure' | 'Inconclusive';

/** Counts a validation of one platform; `event` is the lifecycle event or the step that it was made in. */
export const countValidation = (platform: string, event: string, outcome: Outcome): void =>
  count(
    'Validations',
    { Platform: platform, Outcome: outcome },
    { Platform: platform, Event: event, Outcome: outcome },
  );

/** Counts a release that has ended. */
export const countRelease = (pair: string, end: string): void =>
  count('Releases', { Pair: pair, End: end });

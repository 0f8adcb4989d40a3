/** What CloudWatch is asked about the two sides of a target: where its requests, errors and latency are counted. */
import { GROUP_DIMENSION } from '../drivers/dimensions.ts';
import { driverOf } from '../drivers/drivers.ts';
import type { TargetRecord } from '../record/record.ts';
import { type CustomMetric, REVISION } from '../release/custom-metric.ts';

/** Seconds of a period of the metrics that AWS publishes by itself. */
export const PERIOD = 60;

/** One statistic of one metric. */
export interface Measure {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  /** Length of a period in seconds. */
  readonly seconds: number;
}

/** A metric without its statistic. */
type Metric = Omit<Measure, 'statistic' | 'seconds'>;

/** The metrics of one side. */
export interface Side {
  readonly requests: Metric;
  /** Failed requests are the sum of these. */
  readonly errors: readonly Metric[];
  /** Answers that are no errors, by their kind, where they are counted apart from requests. */
  readonly answered: readonly Metric[];
  readonly latency: Metric;
  readonly custom: readonly {
    readonly of: CustomMetric;
    readonly dimensions: Metric['dimensions'];
  }[];
}

/** Dimensions of all that users send to a target, whichever side answers. */
const commonDimensions = ({ registration }: TargetRecord): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(driverOf(registration).dimensionsOf(registration)).flatMap(([name, values]) =>
      name === GROUP_DIMENSION ? [] : [[name, values[0]!]],
    ),
  );

const measuredAt = (
  target: TargetRecord,
  dimensions: Metric['dimensions'],
  revision: string,
): Side => {
  const { registration } = target;
  const { namespace, requests, errors, latency, answered } = driverOf(registration).metrics;
  const named = (metric: string): Metric => ({ namespace, metric, dimensions });
  return {
    requests: named(requests),
    errors: errors.map(named),
    answered: answered.map(named),
    latency: named(latency),
    custom: registration.metrics.map((of) => ({
      of,
      dimensions: Object.fromEntries(
        Object.entries(of.dimensions).map(([name, value]) => [
          name,
          value.replaceAll(REVISION, revision),
        ]),
      ),
    })),
  };
};

/** Where each side of a target is measured; undefined while it is not known which is which. */
export const sidesOf = (
  target: TargetRecord,
): { readonly green: Side; readonly blue: Side } | undefined => {
  const { from, to } = target;
  if (!from || !to) return undefined;
  const { sideOf } = driverOf(target.registration);
  const [green, blue] = [sideOf(target, to), sideOf(target, from)];
  const common = commonDimensions(target);
  return green && blue
    ? {
        green: measuredAt(target, { ...common, ...green }, to.name),
        blue: measuredAt(target, { ...common, ...blue }, from.name),
      }
    : undefined;
};

/** Requests that a balancer failed itself, whichever group they were for; undefined for what has no balancer. */
export const failedByBalancer = (target: TargetRecord): Metric | undefined => {
  const { namespace, failedByBalancer: metric } = driverOf(target.registration).metrics;
  return metric === undefined
    ? undefined
    : { namespace, metric, dimensions: commonDimensions(target) };
};

/** CloudWatch keeps periods below a minute for three hours (user guide, "Metrics retention"); this is a little less, in milliseconds. */
const FINE_KEPT = 170 * 60_000;

/** A target as it can be read over so long a time: what is too old for its fine periods is read by the minute. */
export const readableOver = (target: TargetRecord, milliseconds: number): TargetRecord => {
  if (milliseconds <= FINE_KEPT) return target;
  const metrics = target.registration.metrics.map((one) => ({ ...one, seconds: PERIOD }));
  return { ...target, registration: { ...target.registration, metrics } };
};

/** Where a target as a whole is measured, in as many parts as it has: both groups of a service, or an alias. */
export const wholeOf = (target: TargetRecord): readonly Side[] => {
  const { registration } = target;
  const common = commonDimensions(target);
  return driverOf(registration)
    .partsOf(registration)
    .map((part) => measuredAt(target, { ...common, ...part }, ''));
};

/**
 * Where blue's latency was measured before the release. AWS tells versions of a function apart while an alias splits its traffic;
 * should it say less while all of it is on one version, what it says of the alias is blue's.
 */
export const beforeOf = (target: TargetRecord, blue: Side): readonly Metric[] =>
  driverOf(target.registration).metrics.onlyWhileSplit
    ? [blue.latency, { ...blue.latency, dimensions: commonDimensions(target) }]
    : [blue.latency];

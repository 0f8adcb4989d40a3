/** What CloudWatch is asked about the two sides of a target: where its requests, errors and latency are counted. */
import {
  GROUP_DIMENSION,
  targetGroupName,
  VERSION_DIMENSION,
  wantedDimensions,
} from '../drivers/dimensions.ts';
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

/** Milliseconds of one unit of the latency metric of each kind: a balancer measures seconds. */
export const LATENCY_UNIT = { ecs: 1000, lambda: 1 } as const;

/** Name of the metrics of each kind (user guides of Elastic Load Balancing and Lambda, "CloudWatch metrics"). */
const METRICS = {
  ecs: {
    namespace: 'AWS/ApplicationELB',
    requests: 'RequestCount',
    errors: ['HTTPCode_Target_5XX_Count'],
    latency: 'TargetResponseTime',
    answered: [2, 3, 4].map((kind) => `HTTPCode_Target_${kind}XX_Count`),
  },
  lambda: {
    namespace: 'AWS/Lambda',
    requests: 'Invocations',
    errors: ['Errors'],
    latency: 'Duration',
    answered: [],
  },
} as const;

/** Which of the target groups holds a revision, as it was last read: colours swap with every release. */
const groupOf = ({ groups = {} }: TargetRecord, revision: string): string | undefined =>
  Object.keys(groups).find((group) => groups[group] === revision);

const dimensionOf = (
  target: TargetRecord,
  revision: { readonly name: string; readonly ref: string },
): Readonly<Record<string, string>> | undefined => {
  if (target.registration.kind === 'lambda') return { [VERSION_DIMENSION]: revision.ref };
  const group = groupOf(target, revision.name);
  return group === undefined ? undefined : { [GROUP_DIMENSION]: targetGroupName(group) };
};

/** Dimensions of all that users send to a target, whichever side answers. */
const commonDimensions = ({ registration }: TargetRecord): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(wantedDimensions(registration)).flatMap(([name, values]) =>
      name === GROUP_DIMENSION ? [] : [[name, values[0]!]],
    ),
  );

const sideOf = (target: TargetRecord, dimensions: Metric['dimensions'], revision: string): Side => {
  const { kind, metrics } = target.registration;
  const { namespace, requests, errors, latency, answered } = METRICS[kind];
  const named = (metric: string): Metric => ({ namespace, metric, dimensions });
  return {
    requests: named(requests),
    errors: errors.map(named),
    answered: answered.map(named),
    latency: named(latency),
    custom: metrics.map((of) => ({
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
  const [green, blue] = [dimensionOf(target, to), dimensionOf(target, from)];
  const common = commonDimensions(target);
  return green && blue
    ? {
        green: sideOf(target, { ...common, ...green }, to.name),
        blue: sideOf(target, { ...common, ...blue }, from.name),
      }
    : undefined;
};

/** Requests that a balancer failed itself, whichever group they were for; undefined for what has no balancer. */
export const failedByBalancer = (target: TargetRecord): Metric | undefined =>
  target.registration.kind === 'ecs'
    ? {
        namespace: METRICS.ecs.namespace,
        metric: 'HTTPCode_ELB_5XX_Count',
        dimensions: commonDimensions(target),
      }
    : undefined;

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
  return registration.kind === 'lambda'
    ? [sideOf(target, common, '')]
    : registration.targetGroups.map((group) =>
        sideOf(target, { ...common, [GROUP_DIMENSION]: targetGroupName(group) }, ''),
      );
};

/**
 * Where blue's latency was measured before the release. Lambda tells versions apart while an alias splits its traffic;
 * should it say less while all of it is on one version, what it says of the alias is blue's.
 */
export const beforeOf = (target: TargetRecord, blue: Side): readonly Metric[] =>
  target.registration.kind === 'lambda'
    ? [blue.latency, { ...blue.latency, dimensions: commonDimensions(target) }]
    : [blue.latency];

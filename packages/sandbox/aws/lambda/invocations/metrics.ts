/** What Lambda publishes to CloudWatch about invocations: Invocations, Errors, Throttles and Duration. */
import type { Timer } from '../../../clock/clock.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Datum } from './embedded-metrics.ts';

/** Whom a figure is about. */
interface Subject {
  readonly region: string;
  readonly name: string;
  /** As invoked: a version, an alias, `$LATEST`, or nothing. */
  readonly qualifier: string | undefined;
  /** The qualifier, if it is an alias. */
  readonly alias: string | undefined;
  /** The version that ran. */
  readonly version: string;
}

/** Collects figures and publishes them every few seconds of service time, if there are any. */
export interface InvocationMetrics {
  /** `begun` is service time, `duration` milliseconds of work time. */
  invoked(
    subject: Subject,
    figures: { readonly begun: number; readonly failed: boolean; readonly duration: number },
  ): void;
  throttled(subject: Subject): void;
  /** Publishes data in the name of a service, at once. */
  publish(region: string, service: string, namespace: string, data: readonly Datum[]): void;
  close(): void;
}

/** Service milliseconds between two publications. */
const INTERVAL = 5000;
/** Lambda's metrics have a resolution of one minute. */
const MINUTE = 60_000;
/** Limits of PutMetricData: values in a datum, data in a request. */
const MOST_VALUES = 150;
const MOST_DATA = 1000;

const UNITS = {
  Invocations: 'Count',
  Errors: 'Count',
  Throttles: 'Count',
  Duration: 'Milliseconds',
} as const;
type MetricName = keyof typeof UNITS;

interface Series {
  readonly region: string;
  readonly metric: MetricName;
  readonly dimensions: Datum['Dimensions'];
  readonly minute: number;
  readonly counts: Map<number, number>;
}

/** Per function, per resource (the function, version or alias that was invoked), and per version behind an alias. */
const dimensionSets = ({ name, qualifier, alias, version }: Subject): Datum['Dimensions'][] => {
  const fn = { Name: 'FunctionName', Value: name };
  const resource = { Name: 'Resource', Value: qualifier ? `${name}:${qualifier}` : name };
  const executed = { Name: 'ExecutedVersion', Value: version };
  return [[fn], [fn, resource], ...(alias ? [[fn, resource, executed]] : [])];
};

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

const dataOf = ({ metric, dimensions, minute, counts }: Series): Datum[] =>
  chunks([...counts], MOST_VALUES).map((values) => ({
    MetricName: metric,
    Dimensions: dimensions,
    Timestamp: new Date(minute),
    Unit: UNITS[metric],
    Values: values.map(([value]) => value),
    Counts: values.map(([, count]) => count),
  }));

/** Makes the collector of one Lambda. */
export const invocationMetrics = (cloud: Cloud): InvocationMetrics => {
  const collected = new Map<string, Series>();
  let timer: Timer | undefined;

  const publish: InvocationMetrics['publish'] = (region, service, Namespace, data) => {
    for (const MetricData of chunks(data, MOST_DATA))
      cloud
        .call({
          principal: { kind: 'service', service },
          region,
          service: 'cloudwatch',
          operation: 'PutMetricData',
          input: { Namespace, MetricData },
        })
        .catch((error: Error) => cloud.note(`Lambda could not publish metrics: ${error.message}`));
  };

  const flush = () => {
    timer = undefined;
    const all = [...collected.values()];
    collected.clear();
    for (const region of new Set(all.map((series) => series.region))) {
      const data = all.filter((series) => series.region === region).flatMap(dataOf);
      publish(region, 'lambda.amazonaws.com', 'AWS/Lambda', data);
    }
  };

  const add = (subject: Subject, at: number, figures: Partial<Record<MetricName, number>>) => {
    const minute = Math.floor(at / MINUTE) * MINUTE;
    for (const dimensions of dimensionSets(subject))
      for (const [metric, value] of Object.entries(figures) as [MetricName, number][]) {
        const key = JSON.stringify([subject.region, metric, dimensions, minute]);
        const series = collected.get(key) ?? {
          region: subject.region,
          metric,
          dimensions,
          minute,
          counts: new Map<number, number>(),
        };
        collected.set(key, series);
        series.counts.set(value, (series.counts.get(value) ?? 0) + 1);
      }
    timer ??= cloud.clock.after(INTERVAL, flush);
  };

  return {
    invoked: (subject, { begun, failed, duration }) =>
      add(subject, begun, {
        Invocations: 1,
        Errors: failed ? 1 : 0,
        Throttles: 0,
        Duration: Math.round(duration * 100) / 100,
      }),
    throttled: (subject) => add(subject, cloud.clock.now(), { Throttles: 1 }),
    publish,
    close: () => timer?.cancel(),
  };
};

import type { Dimension, MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Timer } from '../../clock/clock.ts';
import type { Cloud } from '../../cloud.ts';
import { type LoadBalancer, loadBalancersOf, type State, type TargetGroup } from './state.ts';

/** Data are collected for 5 s of service time, in windows that no minute cuts in two. */
const windowMilliseconds = 5000;
/** How often the numbers of healthy and unhealthy targets are published. */
const hostCountMilliseconds = 60_000;
/** PutMetricData takes at most 150 different values a datum and 1,000 data a call. */
const valuesPerDatum = 150;
const dataPerCall = 1000;

interface Series {
  readonly region: string;
  readonly name: string;
  readonly dimensions: Dimension[];
  readonly unit: 'Count' | 'Seconds';
  readonly at: number;
  readonly counts: Map<number, number>;
}

/** What the data plane reports to AWS/ApplicationELB. */
export interface BalancerMetrics {
  /** A target has been chosen for a request. */
  routed(loadBalancer: LoadBalancer, group: TargetGroup): void;
  /** No connection to the target that was chosen came about. */
  unreached(loadBalancer: LoadBalancer, group: TargetGroup): void;
  /** A target has answered. */
  answered(loadBalancer: LoadBalancer, group: TargetGroup, status: number, seconds: number): void;
  /** The balancer answered itself, with 502, 503 or 504. */
  failed(loadBalancer: LoadBalancer, status: number): void;
  /** Begins to publish host counts once there is a target. */
  watchHosts(): void;
  close(): void;
}

const dimensionsOf = (loadBalancer: LoadBalancer, group?: TargetGroup): Dimension[] => [
  ...(group ? [{ Name: 'TargetGroup', Value: group.fullName }] : []),
  { Name: 'LoadBalancer', Value: loadBalancer.fullName },
];

const dataOf = ({ name, dimensions, unit, at, counts }: Series): MetricDatum[] => {
  const entries = [...counts];
  const data: MetricDatum[] = [];
  for (let from = 0; from < entries.length; from += valuesPerDatum) {
    const part = entries.slice(from, from + valuesPerDatum);
    data.push({
      MetricName: name,
      Dimensions: dimensions,
      Timestamp: new Date(at),
      Values: part.map(([value]) => value),
      Counts: part.map(([, count]) => count),
      Unit: unit,
    });
  }
  return data;
};

/** Aggregates what the balancers see and publishes it; where no request flows there is no datum. */
export const balancerMetrics = (cloud: Cloud, state: State): BalancerMetrics => {
  const { clock } = cloud;
  const open = new Map<string, Series>();
  let flushing: Timer | undefined;
  let hosts: Timer | undefined;
  let closed = false;

  const publish = (region: string, data: MetricDatum[]) => {
    for (let from = 0; from < data.length; from += dataPerCall) {
      const input = {
        Namespace: 'AWS/ApplicationELB',
        MetricData: data.slice(from, from + dataPerCall),
      };
      const principal = {
        kind: 'service',
        service: 'elasticloadbalancing.amazonaws.com',
      } as const;
      cloud
        .call({ principal, region, service: 'cloudwatch', operation: 'PutMetricData', input })
        .catch(() => undefined);
    }
  };

  const flush = () => {
    flushing = undefined;
    const series = [...open.values()];
    open.clear();
    const regions = Map.groupBy(series, ({ region }) => region);
    for (const [region, list] of regions) publish(region, list.flatMap(dataOf));
  };

  const add = (
    loadBalancer: LoadBalancer,
    group: TargetGroup | undefined,
    name: string,
    value: number,
    unit: Series['unit'] = 'Count',
  ) => {
    const now = clock.now();
    const at = now - (now % windowMilliseconds);
    const key = `${at} ${name} ${group?.fullName} ${loadBalancer.fullName} ${loadBalancer.region}`;
    let series = open.get(key);
    if (!series) {
      const { region } = loadBalancer;
      const dimensions = dimensionsOf(loadBalancer, group);
      series = { region, name, dimensions, unit, at, counts: new Map() };
      open.set(key, series);
    }
    series.counts.set(value, (series.counts.get(value) ?? 0) + 1);
    flushing ??= clock.after(at + windowMilliseconds - now, flush);
  };

  /** Most metrics exist for the whole balancer and for each of its groups. */
  const addBoth = (
    loadBalancer: LoadBalancer,
    group: TargetGroup,
    name: string,
    value: number,
    unit?: Series['unit'],
  ) => {
    add(loadBalancer, undefined, name, value, unit);
    add(loadBalancer, group, name, value, unit);
  };

  const hostCounts = (loadBalancer: LoadBalancer, group: TargetGroup): MetricDatum[] => {
    const registered = [...group.targets.values()].filter(({ state }) => state !== 'draining');
    const healthy = registered.filter((target) => target.state === 'healthy').length;
    const unhealthy = registered.filter((target) => target.state === 'unhealthy').length;
    const Dimensions = dimensionsOf(loadBalancer, group);
    const Timestamp = new Date(clock.now());
    return [
      { MetricName: 'HealthyHostCount', Dimensions, Timestamp, Value: healthy, Unit: 'Count' },
      { MetricName: 'UnHealthyHostCount', Dimensions, Timestamp, Value: unhealthy, Unit: 'Count' },
    ];
  };

  const publishHosts = () => {
    hosts = undefined;
    for (const [name, region] of state.all()) {
      const groups = [...region.targetGroups.values()].filter(({ targets }) => targets.size > 0);
      const data = groups.flatMap((group) =>
        loadBalancersOf(region, group).flatMap((loadBalancer) => hostCounts(loadBalancer, group)),
      );
      if (data.length === 0) continue;
      publish(name, data);
      watchHosts();
    }
  };

  const watchHosts = () => {
    if (!closed) hosts ??= clock.after(hostCountMilliseconds, publishHosts);
  };

  return {
    routed: (loadBalancer, group) => addBoth(loadBalancer, group, 'RequestCount', 1),
    unreached: (loadBalancer, group) =>
      addBoth(loadBalancer, group, 'TargetConnectionErrorCount', 1),
    answered: (loadBalancer, group, status, seconds) => {
      const family = `HTTPCode_Target_${Math.floor(status / 100)}XX_Count`;
      addBoth(loadBalancer, group, family, 1);
      // Milliseconds are fine enough for percentiles and keep the number of different values small.
      const rounded = Math.round(seconds * 1000) / 1000;
      addBoth(loadBalancer, group, 'TargetResponseTime', rounded, 'Seconds');
    },
    failed: (loadBalancer, status) => {
      add(loadBalancer, undefined, 'HTTPCode_ELB_5XX_Count', 1);
      add(loadBalancer, undefined, `HTTPCode_ELB_${status}_Count`, 1);
    },
    watchHosts,
    close: () => {
      closed = true;
      flushing?.cancel();
      hosts?.cancel();
    },
  };
};

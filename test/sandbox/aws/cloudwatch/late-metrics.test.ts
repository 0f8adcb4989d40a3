import { afterEach, describe, expect, it } from 'vitest';
import { cloudwatchService } from '../../../../packages/sandbox/aws/cloudwatch/service.ts';
import { messagingCloud } from '../messaging.ts';

let end: () => Promise<void> = async () => undefined;
afterEach(() => end());

const BALANCER = 'AWS/ApplicationELB';

const open = (metricDelay?: number) => {
  const cloud = messagingCloud(metricDelay === undefined ? {} : { metricDelay });
  end = cloud.close;
  cloud.register(cloudwatchService(cloud.cloud));
  const start = cloud.clock.now();
  const query = (Namespace: string, MetricName: string) => ({
    Id: MetricName.toLowerCase(),
    MetricStat: { Metric: { Namespace, MetricName }, Period: 60, Stat: 'Sum' },
  });
  return {
    ...cloud,
    query,
    report: (Namespace: string, MetricName: string, Value = 1) =>
      cloud.askAs('elasticloadbalancing.amazonaws.com', 'cloudwatch', 'PutMetricData', {
        Namespace,
        MetricData: [{ MetricName, Value }],
      }),
    /** Sums by minute that can be read now. */
    read: async (namespace: string, name: string): Promise<number[]> => {
      const { MetricDataResults } = await cloud.ask('cloudwatch', 'GetMetricData', {
        MetricDataQueries: [query(namespace, name)],
        StartTime: new Date(start),
        EndTime: new Date(start + 3_600_000),
      });
      return MetricDataResults[0].Values;
    },
  };
};

/** Seconds after the end of their minute by which figures could be read. */
const arrival = async (cloud: ReturnType<typeof open>, name: string): Promise<number> => {
  for (let seconds = 0; seconds <= 600; seconds += 5) {
    if ((await cloud.read(BALANCER, name)).length > 0) return seconds;
    await cloud.pass(5);
  }
  return Number.POSITIVE_INFINITY;
};

describe('figures of AWS services', () => {
  it('arrive one to three minutes after their minute, those of each metric for themselves', async () => {
    const names = ['RequestCount', 'HTTPCode_Target_2XX_Count', 'HTTPCode_Target_5XX_Count'];
    const cloud = open();
    for (const name of names) await cloud.report(BALANCER, name);
    await cloud.pass(60);

    const seen: number[] = [];
    const start = cloud.clock.now();
    for (const name of names) {
      await arrival(cloud, name);
      seen.push((cloud.clock.now() - start) / 1000);
    }

    for (const seconds of seen) {
      expect(seconds).toBeGreaterThanOrEqual(60);
      expect(seconds).toBeLessThanOrEqual(185);
    }
    expect(new Set(seen).size).toBeGreaterThan(1);
  });

  it('arrive whole: a minute that can be read misses nothing', async () => {
    const cloud = open();
    for (let second = 0; second < 60; second += 20) {
      await cloud.report(BALANCER, 'RequestCount');
      await cloud.pass(20);
    }
    await cloud.pass(200);

    expect(await cloud.read(BALANCER, 'RequestCount')).toEqual([3]);
  });

  it('can be read at once where nothing is late', async () => {
    const cloud = open(0);
    await cloud.report(BALANCER, 'RequestCount');

    expect(await cloud.read(BALANCER, 'RequestCount')).toEqual([1]);
  });

  it('are late for alarms too, which then judge their minute after all', async () => {
    const { query, ...cloud } = open();
    await cloud.ask('cloudwatch', 'PutMetricAlarm', {
      AlarmName: 'errors',
      Metrics: [{ ...query(BALANCER, 'HTTPCode_Target_5XX_Count'), ReturnData: true }],
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    const state = async () => {
      const { MetricAlarms } = await cloud.ask('cloudwatch', 'DescribeAlarms', {});
      return MetricAlarms[0].StateValue;
    };
    await cloud.report(BALANCER, 'HTTPCode_Target_5XX_Count');
    await cloud.pass(100);
    expect(await state()).not.toBe('ALARM');
    await cloud.pass(160);
    expect(await state()).toBe('ALARM');
  });
});

describe("metrics of an account's own", () => {
  it('can be read at once', async () => {
    const cloud = open();
    await cloud.report('Shop', 'Orders');

    expect(await cloud.read('Shop', 'Orders')).toEqual([1]);
  });
});

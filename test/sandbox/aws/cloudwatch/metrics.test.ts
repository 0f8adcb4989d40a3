import { afterEach, describe, expect, it } from 'vitest';
import { cloudwatchService } from '../../../../packages/sandbox/aws/cloudwatch/service.ts';
import { messagingCloud } from '../messaging.ts';

let end: () => Promise<void> = async () => undefined;
afterEach(() => end());

const dimensions = [
  { Name: 'Service', Value: 'web' },
  { Name: 'Side', Value: 'green' },
];

const open = () => {
  const cloud = messagingCloud();
  end = cloud.close;
  cloud.register(cloudwatchService(cloud.cloud));
  const start = cloud.clock.now();
  const put = (datum: object) =>
    cloud.ask('cloudwatch', 'PutMetricData', {
      Namespace: 'Shop',
      MetricData: [{ MetricName: 'Latency', Dimensions: dimensions, ...datum }],
    });
  /** Values by statistic of the first ten minutes, oldest first. */
  const read = async (Stat: string, Period = 60) => {
    const { MetricDataResults } = await cloud.ask('cloudwatch', 'GetMetricData', {
      MetricDataQueries: [
        {
          Id: 'm1',
          MetricStat: {
            Metric: {
              Namespace: 'Shop',
              MetricName: 'Latency',
              Dimensions: [...dimensions].reverse(),
            },
            Period,
            Stat,
          },
        },
      ],
      StartTime: new Date(start),
      EndTime: new Date(start + 600_000),
      ScanBy: 'TimestampAscending',
    });
    return MetricDataResults[0].Values;
  };
  return { ...cloud, put, read, at: (seconds: number) => new Date(start + seconds * 1000), start };
};

describe('metric data', () => {
  it('give every statistic of a period', async () => {
    const { put, read } = open();

    for (let value = 1; value <= 100; value += 1) await put({ Value: value });

    expect(await read('Sum')).toEqual([5050]);
    expect(await read('Average')).toEqual([50.5]);
    expect(await read('Minimum')).toEqual([1]);
    expect(await read('Maximum')).toEqual([100]);
    expect(await read('SampleCount')).toEqual([100]);
    expect(await read('p50')).toEqual([50]);
    expect(await read('p99')).toEqual([99]);
    expect(await read('p99.9')).toEqual([100]);
  });

  it('may come as values with counts or as a statistic set', async () => {
    const { put, read, at } = open();

    await put({ Values: [1, 5], Counts: [9, 1] });
    await put({
      Timestamp: at(60),
      StatisticValues: { SampleCount: 4, Sum: 40, Minimum: 5, Maximum: 15 },
    });

    expect(await read('Average')).toEqual([1.4, 10]);
    expect(await read('p90')).toEqual([1]);
    expect(await read('Maximum')).toEqual([5, 15]);
  });

  it.each([
    ['TC(:30)', 30],
    ['TC(30:)', 70],
    ['TC(30:40)', 10],
    ['TC(30.5:40)', 10],
    ['TC(100:1000)', 0],
    ['TC(10%:90%)', 80],
    ['TC(:95%)', 95],
    ['TC(5%:)', 95],
    ['TC(0%:100%)', 100],
    ['tc90', 90],
    ['PR(:30)', 30],
    ['PR(30:40)', 10],
    ['PR(99:)', 1],
  ])('are counted between bounds, the lower one outside: %s', async (stat, expected) => {
    const { put, read } = open();

    for (let value = 1; value <= 100; value += 1) await put({ Value: value });

    expect(await read(stat)).toEqual([expected]);
  });

  it('are counted between bounds as often as each was seen, over all of a period', async () => {
    const { put, read, at } = open();

    await put({ Values: [0.03, 0.031], Counts: [7, 2] });
    await put({ Value: 0.005, Timestamp: at(60) });

    expect(await read('TC(0.005:0.030)')).toEqual([7, 0]);
    expect(await read('TC(0.005:0.030)', 120)).toEqual([7]);
    expect(await read('PR(:0.030)', 120)).toEqual([80]);
  });

  it('cannot be counted between bounds once single values are lost', async () => {
    const { put, read } = open();

    await put({ StatisticValues: { SampleCount: 4, Sum: 40, Minimum: 5, Maximum: 15 } });

    expect(await read('TC(:10)')).toEqual([]);
    expect(await read('TC(10%:90%)')).toEqual([]);
    expect(await read('PR(:10)')).toEqual([]);
  });

  it.each(['TC(:)', 'TC(40:30)', 'TC(30:30)', 'TC(:101%)', 'TC(10%:90)', 'PR(10%:90%)', 'pr90'])(
    'know no statistic %s',
    async (stat) => {
      const { read } = open();

      await expect(read(stat)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    },
  );

  it('of high resolution can be read by the second, all others by the minute', async () => {
    const { put, read, at } = open();

    await put({ Value: 1, Timestamp: at(3), StorageResolution: 1 });
    await put({ Value: 2, Timestamp: at(14), StorageResolution: 1 });
    await put({ Value: 4, Timestamp: at(75) });

    expect(await read('Sum', 10)).toEqual([1, 2, 4]);
    expect(await read('Sum', 60)).toEqual([3, 4]);
    expect(await read('Sum', 300)).toEqual([7]);
  });

  it('that arrive late are counted in their own minute', async () => {
    const { put, read, pass, at } = open();
    await put({ Value: 1 });

    await pass(300);
    await put({ Value: 2, Timestamp: at(10) });

    expect(await read('Sum')).toEqual([3]);
  });

  it('are forgotten after six hours', async () => {
    const { put, read, pass } = open();
    await put({ Value: 1 });

    await pass(7 * 3600);
    await put({ Value: 2 });

    expect(await read('Sum')).toEqual([]);
  });

  it('stay exact for thousands of values and close to it for more', async () => {
    const { put, read } = open();

    for (let value = 0; value < 5_000; value += 50) {
      await put({ Values: Array.from({ length: 50 }, (_, index) => 1000 + value + index + 0.25) });
    }

    expect(await read('SampleCount')).toEqual([5_000]);
    const [median = 0] = await read('p50');
    expect(Math.abs(median / 3_499.25 - 1)).toBeLessThan(0.005);
  });

  it.each([
    [{}, 'InvalidParameterCombinationException'],
    [{ Value: 1, Values: [1] }, 'InvalidParameterCombinationException'],
    [{ Value: Number.NaN }, 'InvalidParameterValueException'],
    [{ Value: 1, Unit: 'Bananas' }, 'InvalidParameterValueException'],
    [{ Values: [1, 2], Counts: [1] }, 'InvalidParameterValueException'],
    [{ Value: 1, StorageResolution: 5 }, 'InvalidParameterValueException'],
    [{ Value: 1, Timestamp: new Date('2025-12-01') }, 'InvalidParameterValueException'],
    [{ Value: 1, Timestamp: new Date('2026-01-05T12:00:00Z') }, 'InvalidParameterValueException'],
  ])('are refused as %j', async (datum, name) => {
    const { put } = open();

    await expect(put(datum)).rejects.toMatchObject({ name });
  });

  it('are given at all', async () => {
    const { ask } = open();

    await expect(
      ask('cloudwatch', 'PutMetricData', { Namespace: 'Shop', MetricData: [] }),
    ).rejects.toMatchObject({ name: 'MissingRequiredParameterException' });
  });

  it('of AWS come from services only', async () => {
    const { ask, askAs } = open();
    const input = { Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'Errors', Value: 1 }] };

    await expect(ask('cloudwatch', 'PutMetricData', input)).rejects.toThrow('AWS/');
    await expect(
      askAs('lambda.amazonaws.com', 'cloudwatch', 'PutMetricData', input),
    ).resolves.toBeDefined();
  });

  it('are listed by namespace, name and dimension', async () => {
    const { put, ask } = open();
    await put({ Value: 1 });
    const list = async (input: object) => (await ask('cloudwatch', 'ListMetrics', input)).Metrics;

    expect(await list({ Namespace: 'Shop', Dimensions: [{ Name: 'Side' }] })).toHaveLength(1);
    expect(await list({ Dimensions: [{ Name: 'Side', Value: 'blue' }] })).toEqual([]);
    expect(await list({ MetricName: 'Errors' })).toEqual([]);
  });
});

describe('GetMetricData', () => {
  const metric = (MetricName: string) => ({
    MetricStat: { Metric: { Namespace: 'Shop', MetricName }, Period: 60, Stat: 'Sum' },
    ReturnData: false,
  });

  it('evaluates expressions over metrics and other expressions', async () => {
    const { ask, start, at } = open();
    await ask('cloudwatch', 'PutMetricData', {
      Namespace: 'Shop',
      MetricData: [
        { MetricName: 'Requests', Value: 50 },
        { MetricName: 'Errors', Value: 5 },
        { MetricName: 'Requests', Value: 10, Timestamp: at(60) },
      ],
    });

    const { MetricDataResults } = await ask('cloudwatch', 'GetMetricData', {
      MetricDataQueries: [
        { Id: 'rate', Expression: '100 * share', Label: 'Error rate' },
        { Id: 'share', Expression: 'FILL(e, 0) / r', ReturnData: false },
        { Id: 'e', ...metric('Errors') },
        { Id: 'r', ...metric('Requests') },
      ],
      StartTime: new Date(start),
      EndTime: at(120),
    });

    expect(MetricDataResults).toEqual([
      {
        Id: 'rate',
        Label: 'Error rate',
        Timestamps: [at(60), at(0)],
        Values: [0, 10],
        StatusCode: 'Complete',
      },
    ]);
  });

  it.each([
    ['an unknown id', [{ Id: 'x', Expression: 'y + 1' }], 'Unknown metric'],
    [
      'a circle',
      [
        { Id: 'x', Expression: 'y' },
        { Id: 'y', Expression: 'x' },
      ],
      'Circular',
    ],
    ['a number', [{ Id: 'x', Expression: '5' }], 'based on a metric'],
    [
      'one number',
      [
        { Id: 'x', Expression: 'MAX(m)' },
        { Id: 'm', ...metric('Errors') },
      ],
      'one time series',
    ],
    [
      'an unknown statistic',
      [{ Id: 'm', MetricStat: { ...metric('E').MetricStat, Stat: 'TM90' } }],
      'TM90',
    ],
    ['a capital id', [{ Id: 'M', ...metric('Errors') }], 'pattern'],
  ])('refuses %s', async (_, MetricDataQueries, message) => {
    const { ask, start, at } = open();

    await expect(
      ask('cloudwatch', 'GetMetricData', {
        MetricDataQueries: MetricDataQueries.map((query) => ({ ...query, ReturnData: true })),
        StartTime: new Date(start),
        EndTime: at(60),
      }),
    ).rejects.toThrow(message);
  });
});

describe('GetMetricStatistics', () => {
  it.each([
    [{ Period: 0 }, 'Period must be'],
    [{ Period: 61 }, 'Period must be'],
    [{ Unit: 'Bananas' }, "Value 'Bananas' at 'unit'"],
  ])('refuses %j', async (input, message) => {
    const { ask, start, at } = open();

    await expect(
      ask('cloudwatch', 'GetMetricStatistics', {
        Namespace: 'Shop',
        MetricName: 'Latency',
        StartTime: new Date(start),
        EndTime: at(600),
        Period: 60,
        Statistics: ['Sum'],
        ...input,
      }),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});

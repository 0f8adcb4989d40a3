import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedMetrics } from '../../../../../packages/sandbox/aws/lambda/invocations/embedded-metrics.ts';
import { localLambda } from '../local-lambda.ts';

describe('metrics of Lambda', () => {
  let aws: ReturnType<typeof localLambda>;
  beforeEach(async () => {
    aws = localLambda();
    await aws.create('if (event.fail) throw new Error("no"); return 1;');
    await aws.ask('PublishVersion', { FunctionName: 'api' });
    await aws.ask('CreateAlias', { FunctionName: 'api', Name: 'live', FunctionVersion: '1' });
    await aws.pass(2000);
  });
  afterEach(() => aws.close());

  const series = () => {
    const sums: Record<string, number> = {};
    for (const { input } of aws.cloudwatch.asked)
      for (const { MetricName, Dimensions, Values, Counts } of input.MetricData) {
        const about = Dimensions.map(({ Value }: any) => Value).join(' ');
        const sum = Values.reduce(
          (all: number, value: number, i: number) => all + value * Counts[i],
          0,
        );
        sums[`${MetricName} ${about}`] = (sums[`${MetricName} ${about}`] ?? 0) + sum;
      }
    return sums;
  };

  it('count invocations and errors for the function, what was invoked, and the version behind an alias', async () => {
    await aws.invoke('api:live');
    await aws.invoke('api:live', { fail: true });
    await aws.invoke('api', { fail: true });
    await aws.pass(6000);

    expect(series()).toMatchObject({
      'Invocations api': 3,
      'Errors api': 2,
      'Invocations api api': 1,
      'Errors api api': 1,
      'Invocations api api:live': 2,
      'Errors api api:live': 1,
      'Invocations api api:live 1': 2,
      'Errors api api:live 1': 1,
      'Throttles api': 0,
    });
    const { Namespace, MetricData } = aws.cloudwatch.asked[0]!.input;
    expect(Namespace).toBe('AWS/Lambda');
    expect(MetricData.map(({ MetricName }: any) => MetricName)).toContain('Duration');
  });

  it('are published together, and not at all when nothing ran', async () => {
    await aws.pass(60_000);
    expect(aws.cloudwatch.asked).toHaveLength(0);

    for (let count = 0; count < 5; count += 1) await aws.invoke('api');
    await aws.pass(60_000);

    expect(aws.cloudwatch.asked).toHaveLength(1);
  });

  it('count throttled invocations apart', async () => {
    await aws.ask('PutFunctionConcurrency', {
      FunctionName: 'api',
      ReservedConcurrentExecutions: 0,
    });
    await aws.invoke('api').catch(() => undefined);
    await aws.pass(6000);

    expect(series()).toEqual({ 'Throttles api': 1, 'Throttles api api': 1 });
  });

  it('come out of log lines in the embedded metric format', async () => {
    const line = {
      _aws: {
        Timestamp: 1000,
        CloudWatchMetrics: [
          {
            Namespace: 'Shop',
            Dimensions: [['service']],
            Metrics: [{ Name: 'orders', Unit: 'Count' }],
          },
        ],
      },
      service: 'checkout',
      orders: 3,
    };
    await aws.changeCode(
      `console.log('${JSON.stringify(line)}'); process.stdout.write('${JSON.stringify(line)}\\n');`,
    );

    await aws.invoke('api');

    const datum = {
      Namespace: 'Shop',
      MetricData: [
        {
          MetricName: 'orders',
          Dimensions: [{ Name: 'service', Value: 'checkout' }],
          Timestamp: new Date(1000),
          Unit: 'Count',
          Value: 3,
        },
      ],
    };
    expect(aws.cloudwatch.asked.map(({ input }) => input)).toEqual([datum, datum]);
  });
});

describe('the embedded metric format', () => {
  const line = (directive: object, members: object = {}) =>
    JSON.stringify({ _aws: { CloudWatchMetrics: [directive] }, ...members });
  const Metrics = [{ Name: 'size' }];

  it('makes a datum for each set of dimensions', () => {
    const Dimensions = [[], ['a'], ['a', 'b']];

    const [found] = embeddedMetrics(
      line({ Namespace: 'N', Dimensions, Metrics }, { a: 'x', b: 'y', size: [1, 2] }),
      5000,
    );

    expect(found?.MetricData.map((datum) => datum.Dimensions.map(({ Value }) => Value))).toEqual([
      [],
      ['x'],
      ['x', 'y'],
    ]);
    expect(found?.MetricData[0]).toMatchObject({
      Timestamp: new Date(5000),
      Values: [1, 2],
      Counts: [1, 1],
    });
  });

  it.each([
    ['text', 'CloudWatchMetrics'],
    ['broken JSON', '{"CloudWatchMetrics"'],
    ['a metric without its value', line({ Namespace: 'N', Metrics })],
    ['a value that is no number', line({ Namespace: 'N', Metrics }, { size: 'big' })],
    [
      'a set of dimensions that is not there',
      line({ Namespace: 'N', Dimensions: [['a']], Metrics }, { size: 1 }),
    ],
    ['no namespace', line({ Metrics }, { size: 1 })],
  ])('finds nothing in %s', (_what, text) => {
    expect(embeddedMetrics(text, 0)).toEqual([]);
  });
});

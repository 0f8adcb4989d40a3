import { afterEach, describe, expect, it } from 'vitest';
import { ARN, end, errors, open } from './alarm-cloud.ts';

afterEach(end);

describe('a metric alarm', () => {
  it('begins without data, goes off when a minute breaches and comes back', async () => {
    const { put, report, pass, state, changes } = open();
    await put({ TreatMissingData: 'notBreaching' });
    expect(await state()).toBe('INSUFFICIENT_DATA');

    await pass(10);
    expect(await state()).toBe('OK');
    await report(6);
    await pass(30);
    expect(await state()).toBe('OK');
    await pass(40);
    expect(await state()).toBe('ALARM');
    await pass(300);
    expect(await state()).toBe('OK');

    const path = changes().map(({ Detail }) => Detail.state.value);
    expect(path).toEqual(['OK', 'ALARM', 'OK']);
  });

  it('tells EventBridge in the shape of AWS', async () => {
    const { put, report, pass, changes } = open();
    await put({ TreatMissingData: 'notBreaching' });
    await pass(10);
    await report(6);
    await pass(61);

    expect(changes().at(-1)).toEqual({
      Source: 'aws.cloudwatch',
      DetailType: 'CloudWatch Alarm State Change',
      Resources: [ARN],
      Time: new Date('2026-01-05T09:01:10.000Z'),
      Detail: {
        alarmName: 'errors',
        configuration: {
          description: 'Too many errors',
          metrics: [
            {
              id: 'm1',
              metricStat: {
                metric: { namespace: 'Shop', name: 'Errors', dimensions: { Side: 'green' } },
                period: 60,
                stat: 'Sum',
              },
              returnData: true,
            },
          ],
        },
        previousState: {
          value: 'OK',
          reason:
            'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
          reasonData: expect.any(String),
          timestamp: '2026-01-05T09:00:05.000+0000',
        },
        state: {
          value: 'ALARM',
          reason:
            'Threshold Crossed: 1 out of the last 1 datapoints [6.0 (05/01/26 09:00:00)] was greater than the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).',
          reasonData: expect.any(String),
          timestamp: '2026-01-05T09:01:10.000+0000',
        },
      },
    });
    expect(JSON.parse(changes().at(-1).Detail.state.reasonData)).toMatchObject({
      version: '1.0',
      queryDate: '2026-01-05T09:01:10.000+0000',
      startDate: '2026-01-05T09:00:00.000+0000',
      statistic: 'Sum',
      period: 60,
      recentDatapoints: [6],
      threshold: 5,
    });
  });

  it.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['ignore', 'ALARM'],
    ['breaching', 'ALARM'],
    ['notBreaching', 'OK'],
  ])(
    'with missing data taken as %s ends up %s when its metric falls silent',
    async (treat, expected) => {
      const { put, report, pass, state } = open();
      await put({ TreatMissingData: treat });
      await report(6);
      await pass(75);
      expect(await state()).toBe('ALARM');

      await pass(600);

      expect(await state()).toBe(expected);
    },
  );

  it('needs as many breaching minutes as it says', async () => {
    const { put, report, pass, state } = open();
    await put({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    await pass(15);
    const states = [];
    for (const value of [9, 0, 9, 9, 0, 0]) {
      await report(value);
      await pass(60);
      states.push(await state());
    }

    expect(states).toEqual(['OK', 'OK', 'ALARM', 'ALARM', 'ALARM', 'OK']);
  });

  it('uses data that arrive late', async () => {
    const { put, pass, state, ask, clock } = open();
    await put({ TreatMissingData: 'notBreaching' });
    const minute = new Date(clock.now());
    await pass(75);
    expect(await state()).toBe('OK');

    await ask('PutMetricData', {
      Namespace: 'Shop',
      MetricData: [{ ...errors, MetricName: 'Errors', Timestamp: minute, Value: 6 }],
    });
    await pass(60);

    expect(await state()).toBe('ALARM');
  });

  it('with a period of ten seconds goes off within ten seconds', async () => {
    const { put, pass, state, ask } = open();
    await put({ Period: 10, TreatMissingData: 'notBreaching' });
    await pass(15);
    await ask('PutMetricData', {
      Namespace: 'Shop',
      MetricData: [{ ...errors, MetricName: 'Errors', StorageResolution: 1, Value: 6 }],
    });

    await pass(8);

    expect(await state()).toBe('ALARM');
  });

  it('watches a percentile', async () => {
    const { put, report, pass, state } = open();
    const { Statistic: _, ...rest } = errors;
    await put({ ...rest, Statistic: undefined, ExtendedStatistic: 'p90', Threshold: 100 });
    for (let count = 0; count < 8; count += 1) await report(1);
    await report(500);
    await report(500);
    await pass(75);

    expect(await state()).toBe('ALARM');
  });

  it('watches metric math, whichever side serves', async () => {
    const { ask, report, pass, state, changes } = open();
    const metric = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: {
        Metric: { Namespace: 'Shop', MetricName, Dimensions: errors.Dimensions },
        Period: 60,
        Stat: 'Sum',
      },
      ReturnData: false,
    });
    await ask('PutMetricAlarm', {
      AlarmName: 'errors',
      Metrics: [
        {
          Id: 'rate',
          Expression: '100*(FILL(e1,0)+FILL(e2,0))/MAX([FILL(r1,0),1])',
          Label: 'Rate',
        },
        metric('e1', 'Errors'),
        metric('e2', 'Never'),
        metric('r1', 'Requests'),
      ],
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    await pass(10);
    expect(await state()).toBe('OK');
    await report(100, 'Requests');
    await report(10);
    await pass(65);

    expect(await state()).toBe('ALARM');
    expect(changes().at(-1).Detail.configuration.metrics[0]).toEqual({
      id: 'rate',
      expression: '100*(FILL(e1,0)+FILL(e2,0))/MAX([FILL(r1,0),1])',
      label: 'Rate',
      returnData: true,
    });
  });

  it('set to a state by hand comes back at its next evaluation, and announces both', async () => {
    const { put, ask, pass, state, changes } = open();
    await put({ TreatMissingData: 'notBreaching' });
    await pass(20);

    await ask('SetAlarmState', { AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'drill' });
    expect(await state()).toBe('ALARM');
    await pass(60);

    expect(await state()).toBe('OK');
    expect(changes().map(({ Detail }) => Detail.state.reason)).toContain('drill');
    expect(changes()).toHaveLength(3);
  });

  it('keeps its state when its configuration changes', async () => {
    const { put, report, pass, alarm } = open();
    await put();
    await report(6);
    await pass(75);

    await put({ AlarmDescription: 'new' });

    expect(await alarm()).toMatchObject({ StateValue: 'ALARM', AlarmDescription: 'new' });
  });

  it('is evaluated no more once it is deleted', async () => {
    const { put, ask, report, pass, changes } = open();
    await put();
    await ask('DeleteAlarms', { AlarmNames: ['errors'] });
    await report(6);
    await pass(300);

    expect(changes()).toEqual([]);
    await expect(ask('DeleteAlarms', { AlarmNames: ['errors'] })).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });

  it.each([
    [{ Period: 45 }, 'Period must be 10, 20, 30 or a multiple of 60'],
    [{ Period: 1 }, 'Period must be 10, 20, 30 or a multiple of 60'],
    [{ EvaluationPeriods: 0 }, 'EvaluationPeriods'],
    [{ EvaluationPeriods: 2, DatapointsToAlarm: 3 }, 'DatapointsToAlarm'],
    [{ EvaluationPeriods: 1500 }, 'more than 86400'],
    [{ Statistic: undefined }, 'Statistic'],
    [{ ExtendedStatistic: 'p99' }, 'Statistic'],
    [{ Statistic: undefined, ExtendedStatistic: 'TM(10%:90%)' }, 'TM'],
    [{ ComparisonOperator: 'LessThanLowerThreshold' }, 'LessThanLowerThreshold'],
    [{ Threshold: undefined }, 'Threshold'],
    [{ TreatMissingData: 'good' }, 'treatMissingData'],
    [{ Metrics: [] }, 'together with Metrics'],
    [{ ThresholdMetricId: 'x' }, 'ThresholdMetricId'],
  ])('is refused with %j', async (config, message) => {
    const { put } = open();

    await expect(put(config)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});

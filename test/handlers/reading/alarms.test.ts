import '../environment.ts';

import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { readAlarms } from '../../../handlers/reading/alarms.ts';

/** What is read of one alarm. */
const readingOf = async (alarm: MetricAlarm) => {
  const cloudwatch = mockClient(CloudWatchClient);
  cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [alarm] });
  const [reading] = await readAlarms(['web-errors']);
  return reading;
};

const Dimensions = [{ Name: 'TargetGroup', Value: 'targetgroup/blue/1' }];
const onMath: MetricAlarm = {
  AlarmName: 'web-errors',
  Threshold: 5,
  EvaluationPeriods: 2,
  Metrics: [
    { Id: 'rate', Expression: '100 * errors / volume', Label: '% of answers failed' },
    {
      Id: 'errors',
      MetricStat: { Metric: { Dimensions }, Period: 60, Stat: 'Sum' },
      ReturnData: false,
    },
  ],
  StateReasonData: '{"recentDatapoints":[4,25.5]}',
};

describe('what an alarm compares with its threshold', () => {
  it('is labelled by its metric math, over all periods that must be bad, with the worst figure', async () => {
    expect(await readingOf(onMath)).toMatchObject({
      compared: { metric: '% of answers failed', threshold: 5, seconds: 120, figure: 25.5 },
      dimensions: [{ name: 'TargetGroup', value: 'targetgroup/blue/1' }],
    });
  });

  it('is over one period where one bad period of several is enough', async () => {
    const alarm = {
      ...onMath,
      DatapointsToAlarm: 1,
      StateReasonData: '{"recentDatapoints":[25.5,4]}',
    };
    expect((await readingOf(alarm))?.compared).toMatchObject({ seconds: 60, figure: 25.5 });
    const few = { ...alarm, ComparisonOperator: 'LessThanThreshold' as const };
    expect((await readingOf(few))?.compared).toMatchObject({ figure: 4 });
  });

  it('is its only metric where there is no math', async () => {
    const alarm = { MetricName: 'Errors', Threshold: 3, Period: 300, EvaluationPeriods: 1 };

    expect((await readingOf(alarm))?.compared).toEqual({
      metric: 'Errors',
      threshold: 3,
      seconds: 300,
    });
  });

  it.each(['nothing that is JSON', '{}', '{"recentDatapoints":[null]}'])(
    'has no figure where CloudWatch gives none: %s',
    async (StateReasonData) => {
      const { compared } = (await readingOf({ ...onMath, StateReasonData }))!;

      expect(compared).toEqual({ metric: '% of answers failed', threshold: 5, seconds: 120 });
    },
  );

  it('is unknown of an alarm that has no threshold of its own', async () => {
    expect(await readingOf({ AlarmName: 'all', MetricName: 'Errors' })).not.toHaveProperty(
      'compared',
    );
  });
});

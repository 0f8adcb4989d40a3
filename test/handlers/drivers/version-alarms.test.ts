import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { pointAlarms } from '../../../handlers/drivers/codedeploy-lambda/version-alarms.ts';

const alarm = (change: object = {}): MetricAlarm => ({
  AlarmName: 'tandem-storefront-api-green-errors',
  StateValue: 'OK',
  MetricName: 'Errors',
  Namespace: 'AWS/Lambda',
  Threshold: 5,
  Dimensions: [{ Name: 'ExecutedVersion', Value: '1' }],
  ...change,
});

const describing = (...MetricAlarms: readonly MetricAlarm[]) => {
  const cloudwatch = mockClient(CloudWatchClient);
  cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [...MetricAlarms] });
  return cloudwatch;
};

it('points an alarm at a version and leaves the rest as it is', async () => {
  const cloudwatch = describing(alarm());
  await pointAlarms(['tandem-storefront-api-green-errors'], '2');

  expect(cloudwatch).toHaveReceivedCommandExactlyOnceWith(PutMetricAlarmCommand, {
    AlarmName: 'tandem-storefront-api-green-errors',
    MetricName: 'Errors',
    Namespace: 'AWS/Lambda',
    Threshold: 5,
    Dimensions: [{ Name: 'ExecutedVersion', Value: '2' }],
  });
});

it('refuses an alarm on a PromQL query before it writes any: it would lose its query', async () => {
  const EvaluationCriteria = { PromQLCriteria: { Query: 'up == 0' } };
  const cloudwatch = describing(alarm(), alarm({ AlarmName: 'mine', EvaluationCriteria }));

  await expect(pointAlarms(['mine'], '2')).rejects.toMatchObject({
    name: 'AlarmUnwritableError',
    message: expect.stringMatching(/^Alarm mine has EvaluationCriteria, which .+ versionAlarms/),
  });
  expect(cloudwatch).toHaveReceivedCommandTimes(PutMetricAlarmCommand, 0);
});

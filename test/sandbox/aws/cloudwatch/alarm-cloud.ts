import { cloudwatchService } from '../../../../packages/sandbox/aws/cloudwatch/service.ts';
import { recording } from '../../local-cloud.ts';
import { messagingCloud } from '../messaging.ts';

export const TOPIC = 'arn:aws:sns:us-east-1:111122223333:duty';
export const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:act';
export const ARN = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors';

let close: () => Promise<void> = async () => undefined;

/** Ends the cloud of the last test. */
export const end = () => close();

/** An alarm that watches one metric. */
export const errors = {
  AlarmName: 'errors',
  AlarmDescription: 'Too many errors',
  Namespace: 'Shop',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'Side', Value: 'green' }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
};

/** CloudWatch in virtual time; everything it tells others is recorded. */
export const open = () => {
  const cloud = messagingCloud();
  close = cloud.close;
  cloud.register(cloudwatchService(cloud.cloud));
  const events = cloud.register(
    recording('events', { PutEvents: () => ({ FailedEntryCount: 0 }) }),
  );
  const sns = cloud.register(recording('sns', { Publish: () => ({ MessageId: '1' }) }));
  const ask = (operation: string, input: object = {}) => cloud.ask('cloudwatch', operation, input);
  const alarm = async (name = 'errors') =>
    (await ask('DescribeAlarms', { AlarmNames: [name] })).MetricAlarms[0];
  return {
    ...cloud,
    ask,
    alarm,
    sns,
    put: (config: object = {}) => ask('PutMetricAlarm', { ...errors, ...config }),
    state: async (name?: string) => (await alarm(name)).StateValue,
    report: (Value: number, MetricName = 'Errors') =>
      ask('PutMetricData', {
        Namespace: 'Shop',
        MetricData: [{ MetricName, Dimensions: errors.Dimensions, Value }],
      }),
    changes: (): any[] =>
      events.asked.map(({ input }) => ({
        ...input.Entries[0],
        Detail: JSON.parse(input.Entries[0].Detail),
      })),
  };
};

/** Where an event lies that nobody took in: it could not be delivered, or its trigger failed on it again and again. */
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Makes the queue, which keeps an event for two weeks, and the alarm that tells people. */
export const deadLetters = (scope: Construct, people: ITopic): IQueue => {
  const queue = new Queue(scope, 'Undelivered', {
    retentionPeriod: Duration.days(14),
    enforceSSL: true,
  });
  const alarm = new Alarm(scope, 'UndeliveredAlarm', {
    alarmName: 'tandem-undelivered-events',
    alarmDescription:
      'An event did not reach Tandem, or its trigger failed on it. Releases continue without it, a little later. Look at the queue: this alarm turns OK by itself while messages still lie there, since SQS stops to report idle queues.',
    metric: queue.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(5),
      statistic: 'Maximum',
    }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(people));
  return queue;
};

/** Lets Lambda send there, with the role of the function that failed. */
export const sendTo = ({ queueArn }: IQueue): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['sqs:SendMessage'],
    resources: [queueArn],
  });

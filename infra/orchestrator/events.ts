/** Which events of AWS wake which trigger. Events only wake: what a trigger believes it reads from the API. */
import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  type InvokedTrigger,
  RELEASE_MACHINE,
  ROLLBACK_MACHINE,
  type TriggerName,
} from '../../core/names.ts';
import { machineArn } from '../arn.ts';
import { pascalCase } from './handler-function.ts';

type EventTrigger = Exclude<TriggerName, InvokedTrigger | 'on-approval' | 'on-schedule'>;

const patterns = (scope: Construct): Readonly<Record<EventTrigger, EventPattern>> => ({
  'on-image-push': {
    source: ['aws.ecr'],
    detailType: ['ECR Image Action'],
    detail: { 'action-type': ['PUSH'], result: ['SUCCESS'] },
  },
  'on-deployment-change': {
    source: ['aws.codedeploy'],
    detailType: ['CodeDeploy Deployment State-change Notification'],
    detail: { application: [{ prefix: 'tandem-' }] },
  },
  // A pair's registration may name any alarm of the account.
  'on-alarm': {
    source: ['aws.cloudwatch'],
    detailType: ['CloudWatch Alarm State Change'],
    detail: { state: { value: ['ALARM', 'OK'] } },
  },
  'on-execution-end': {
    source: ['aws.states'],
    detailType: ['Step Functions Execution Status Change'],
    detail: {
      stateMachineArn: [machineArn(scope, RELEASE_MACHINE), machineArn(scope, ROLLBACK_MACHINE)],
      status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
    },
  },
});

/** Connects events, the schedule and approvals to their triggers. People invoke the others. */
export const connectEvents = (
  scope: Construct,
  triggers: Readonly<Record<TriggerName, IFunction>>,
  { approvals, undelivered }: { readonly approvals: ITopic; readonly undelivered: IQueue },
): void => {
  const deadLetterQueue = undelivered;
  const target = (trigger: TriggerName) =>
    new FunctionTarget(triggers[trigger], {
      deadLetterQueue,
      maxEventAge: Duration.hours(1),
      retryAttempts: 10,
    });

  for (const [trigger, eventPattern] of Object.entries(patterns(scope)))
    new Rule(scope, `${pascalCase(trigger)}Rule`, {
      ruleName: `tandem-${trigger}`,
      eventPattern,
      targets: [target(trigger as EventTrigger)],
    });
  new Rule(scope, 'OnScheduleRule', {
    ruleName: 'tandem-on-schedule',
    schedule: Schedule.rate(Duration.minutes(5)),
    targets: [target('on-schedule')],
  });
  approvals.addSubscription(new LambdaSubscription(triggers['on-approval'], { deadLetterQueue }));
};

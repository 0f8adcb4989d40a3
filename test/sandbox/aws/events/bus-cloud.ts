import { eventsService } from '../../../../packages/sandbox/aws/events/service.ts';
import { sqsService } from '../../../../packages/sandbox/aws/sqs/service.ts';
import type { Quirks } from '../../../../packages/sandbox/quirks.ts';
import { messagingCloud } from '../messaging.ts';

export const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:watch';
export const MACHINE = 'arn:aws:states:us-east-1:111122223333:stateMachine:release';
export const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:dead';
export const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/111122223333/dead';

/** The event of an image push. */
export const push = {
  Source: 'aws.ecr',
  DetailType: 'ECR Image Action',
  Resources: ['arn:aws:ecr:us-east-1:111122223333:repository/web'],
  Detail: JSON.stringify({ result: 'SUCCESS', 'repository-name': 'web' }),
};

export const pattern = JSON.stringify({ source: ['aws.ecr'], detail: { result: ['SUCCESS'] } });

let close: () => Promise<void> = async () => undefined;

/** Ends the cloud of the last test. */
export const end = () => close();

/** EventBridge in virtual time, with a rule `pushes` whose target is a function. */
export const open = async (quirks: Partial<Quirks> = {}, target: object = {}) => {
  const cloud = messagingCloud(quirks);
  close = cloud.close;
  cloud.register(eventsService(cloud.cloud));
  cloud.register(sqsService(cloud.cloud));
  const put = (entry: object = push) =>
    cloud.askAs('ecr.amazonaws.com', 'events', 'PutEvents', { Entries: [entry] });
  await cloud.ask('events', 'PutRule', { Name: 'pushes', EventPattern: pattern });
  await cloud.ask('events', 'PutTargets', {
    Rule: 'pushes',
    Targets: [{ Id: 'watch', Arn: FUNCTION, ...target }],
  });
  return { ...cloud, put };
};

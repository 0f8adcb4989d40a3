/** Simple Queue Service: as much of it as dead-letter queues need. */
import type { Caller, Cloud, Permission, Service } from '../../cloud.ts';
import { timersOf } from '../../delivery/timers.ts';
import { messageOperations } from './messages.ts';
import { queueMetrics } from './metrics.ts';
import { queueOperations } from './queue-operations.ts';
import { queues } from './queues.ts';
import { queuePolicyResource, queueResource } from './resources.ts';

const ON_QUEUE = [
  'CreateQueue',
  'DeleteQueue',
  'GetQueueUrl',
  'GetQueueAttributes',
  'SetQueueAttributes',
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'PurgeQueue',
];

/** Standard queues with visibility time-outs and retention; no FIFO, no redrive between queues. */
export const sqsService = (cloud: Cloud): Service => {
  const state = queues();
  const timers = timersOf(cloud);
  const startMetrics = queueMetrics(cloud, state, timers);

  const asks =
    (operation: string) =>
    ({ QueueUrl = '', QueueName }: any, { region }: Caller): Permission[] => {
      const name = QueueName ?? QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
      const resource = `arn:aws:sqs:${region}:${cloud.account}:${name}`;
      return [{ action: `sqs:${operation}`, resource }];
    };

  return {
    id: 'sqs',
    operations: {
      ...queueOperations(cloud, state, startMetrics),
      ...messageOperations(cloud, state),
    },
    permissions: Object.fromEntries(ON_QUEUE.map((operation) => [operation, asks(operation)])),
    resources: {
      'AWS::SQS::Queue': queueResource,
      'AWS::SQS::QueuePolicy': queuePolicyResource,
    },
    close: async () => timers.close(),
  };
};

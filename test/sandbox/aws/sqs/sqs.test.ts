import { afterEach, describe, expect, it } from 'vitest';
import { cloudwatchService } from '../../../../packages/sandbox/aws/cloudwatch/service.ts';
import { sqsService } from '../../../../packages/sandbox/aws/sqs/service.ts';
import { messagingCloud } from '../messaging.ts';

let end: () => Promise<void> = async () => undefined;
afterEach(() => end());

const open = async () => {
  const cloud = messagingCloud();
  end = cloud.close;
  cloud.register(sqsService(cloud.cloud));
  cloud.register(cloudwatchService(cloud.cloud));
  const { QueueUrl } = await cloud.ask('sqs', 'CreateQueue', { QueueName: 'dead' });
  return {
    ...cloud,
    QueueUrl,
    send: (MessageBody: string) => cloud.ask('sqs', 'SendMessage', { QueueUrl, MessageBody }),
    receive: async (): Promise<any[]> =>
      (await cloud.ask('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })).Messages ??
      [],
    count: async () => {
      const { Attributes } = await cloud.ask('sqs', 'GetQueueAttributes', {
        QueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages'],
      });
      return Number(Attributes.ApproximateNumberOfMessages);
    },
  };
};

describe('a queue', () => {
  it('hides a received message for a while and gives it again unless it is deleted', async () => {
    const { send, receive, pass, ask, QueueUrl } = await open();
    await send('one');

    const [first] = await receive();
    expect(await receive()).toEqual([]);
    await pass(31);
    const [second] = await receive();
    await ask('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: second.ReceiptHandle });
    await pass(31);

    expect(second.MessageId).toBe(first.MessageId);
    expect(second.Attributes.ApproximateReceiveCount).toBe('2');
    expect(await receive()).toEqual([]);
  });

  it('forgets messages after four days', async () => {
    const { send, count, pass } = await open();
    await send('one');
    expect(await count()).toBe(1);

    await pass(4 * 86_400 + 1);

    expect(await count()).toBe(0);
  });

  it('publishes how full it is', async () => {
    const { send, pass, ask, clock } = await open();
    await send('one');
    await send('two');

    // Figures of the first two minutes have arrived, at the latest three minutes after each.
    await pass(300);
    const { Datapoints } = await ask('cloudwatch', 'GetMetricStatistics', {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'dead' }],
      StartTime: new Date(clock.now() - 600_000),
      EndTime: new Date(clock.now()),
      Period: 60,
      Statistics: ['Maximum'],
    });

    const seen = Datapoints.map(({ Maximum }: any) => Maximum);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(new Set(seen)).toEqual(new Set([2]));
  });

  it('is refused to services that its policy does not name', async () => {
    const { askAs, QueueUrl } = await open();

    await expect(
      askAs('events.amazonaws.com', 'sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' }),
    ).rejects.toMatchObject({ status: 403 });
  });

  it('is found by its name', async () => {
    const { ask, QueueUrl } = await open();

    expect(await ask('sqs', 'GetQueueUrl', { QueueName: 'dead' })).toEqual({ QueueUrl });
    await expect(ask('sqs', 'GetQueueUrl', { QueueName: 'gone' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
});

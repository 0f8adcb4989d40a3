import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { snsService } from '../../../../packages/sandbox/aws/sns/service.ts';
import { sqsService } from '../../../../packages/sandbox/aws/sqs/service.ts';
import { AwsError } from '../../../../packages/sandbox/aws-error.ts';
import { messagingCloud } from '../messaging.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:approvals';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:answer';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:dead';
const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/111122223333/dead';

let end: () => Promise<void> = async () => undefined;
afterEach(() => end());

const open = async () => {
  const cloud = messagingCloud();
  end = cloud.close;
  const sns = cloud.register(snsService(cloud.cloud));
  cloud.register(sqsService(cloud.cloud));
  await cloud.ask('sns', 'CreateTopic', { Name: 'approvals' });
  return {
    ...cloud,
    sns,
    subscribe: (Protocol: string, Endpoint: string, Attributes = {}) =>
      cloud.ask('sns', 'Subscribe', { TopicArn: TOPIC, Protocol, Endpoint, Attributes }),
    publish: (message: object) => cloud.ask('sns', 'Publish', { TopicArn: TOPIC, ...message }),
  };
};

const queuePolicy = JSON.stringify({
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
  },
});

describe('a published message', () => {
  it('reaches a function in the event of AWS', async () => {
    const { subscribe, publish, pass, events } = await open();
    const { SubscriptionArn } = await subscribe('lambda', FUNCTION);

    const { MessageId } = await publish({
      Subject: 'Please decide',
      Message: 'APPROVE',
      MessageAttributes: { release: { DataType: 'String', StringValue: 'r-1' } },
    });
    await pass(1);

    expect(events()).toEqual([
      {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: SubscriptionArn,
            Sns: {
              Type: 'Notification',
              MessageId,
              TopicArn: TOPIC,
              Subject: 'Please decide',
              Message: 'APPROVE',
              Timestamp: '2026-01-05T09:00:00.000Z',
              SignatureVersion: '1',
              Signature: 'EXAMPLE',
              SigningCertUrl: expect.stringContaining('https://sns.us-east-1.amazonaws.com/'),
              UnsubscribeUrl: expect.stringContaining(SubscriptionArn),
              MessageAttributes: { release: { Type: 'String', Value: 'r-1' } },
            },
          },
        ],
      },
    ]);
  });

  it('has a null subject if it was published without one', async () => {
    const { subscribe, publish, pass, events } = await open();
    await subscribe('lambda', FUNCTION);

    await publish({ Message: 'x' });
    await pass(1);

    expect(events()[0].Records[0].Sns.Subject).toBeNull();
  });

  it('may have a text of its own for each protocol', async () => {
    const { subscribe, publish, pass, events, sns } = await open();
    await subscribe('lambda', FUNCTION);

    await publish({
      Message: JSON.stringify({ default: 'for people', lambda: 'for code' }),
      MessageStructure: 'json',
    });
    await pass(1);

    expect(events()[0].Records[0].Sns.Message).toBe('for code');
    expect(sns.messages(TOPIC)[0]?.message).toBe('for people');
  });

  it.each([
    ['without text', { Message: '' }, 'Empty message'],
    ['of more than 256 KiB', { Message: 'x'.repeat(262_145) }, 'Message too long'],
    ['with a line break in its subject', { Message: 'x', Subject: 'a\nb' }, 'Subject'],
    ['with a subject of 101 characters', { Message: 'x', Subject: 'a'.repeat(101) }, 'Subject'],
    [
      'with texts but no default',
      { Message: '{"sms":"x"}', MessageStructure: 'json' },
      'No default',
    ],
  ])('is refused %s', async (_, message, expected) => {
    const { publish } = await open();

    await expect(publish(message)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(expected),
    });
  });

  it.each([
    ['of no type', { DataType: 'Bogus', StringValue: '1' }, 'invalid message attribute type'],
    ['of a number that is none', { DataType: 'Number', StringValue: 'abc' }, 'to number'],
  ])('is refused with an attribute %s', async (_, attribute, expected) => {
    const { publish } = await open();

    await expect(publish({ Message: 'x', MessageAttributes: { attribute } })).rejects.toMatchObject(
      {
        name: 'InvalidParameterValueException',
        message: expect.stringContaining(expected),
      },
    );
  });

  it.each([
    ['no topic', {}, 'TopicArn or TargetArn Reason: no value for required parameter'],
    ['what is no ARN', { TopicArn: 'bogus' }, 'An ARN must have at least 6 elements, not 1'],
  ])('needs a topic, and is refused for %s', async (_, where, expected) => {
    const { ask } = await open();

    await expect(ask('sns', 'Publish', { Message: 'x', ...where })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(expected),
    });
  });

  it('is kept for people to read, the last hundred of them', async () => {
    const { publish, sns } = await open();

    for (let count = 1; count <= 105; count += 1) await publish({ Message: `m${count}` });

    const kept = sns.messages(TOPIC).map(({ message }) => message);
    expect(kept).toHaveLength(100);
    expect(kept[0]).toBe('m6');
    expect(kept.at(-1)).toBe('m105');
  });

  it('goes into the dead-letter queue of the subscription when the function is gone', async () => {
    const { subscribe, publish, pass, ask, choke } = await open();
    await ask('sqs', 'CreateQueue', { QueueName: 'dead', Attributes: { Policy: queuePolicy } });
    await subscribe('lambda', FUNCTION, {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: QUEUE }),
    });
    const fault = choke.inject({
      name: 'no function',
      matches: ({ operation }) => operation === 'Invoke',
      times: 10,
      effect: {
        kind: 'refuse',
        error: new AwsError('ResourceNotFoundException', 'gone', { status: 404 }),
      },
    });

    await publish({ Message: 'lost?' });
    await pass(1);
    const { Messages } = await ask('sqs', 'ReceiveMessage', { QueueUrl: QUEUE_URL });

    expect(fault.hits()).toBe(1);
    expect(JSON.parse(Messages[0].Body).Message).toBe('lost?');
    expect(Messages[0].MessageAttributes.ErrorCode.StringValue).toBe('ResourceNotFoundException');
  });

  it('is sent again until the function answers', async () => {
    const { subscribe, publish, pass, choke, events } = await open();
    await subscribe('lambda', FUNCTION);
    choke.inject({
      name: 'down for a while',
      matches: ({ operation }) => operation === 'Invoke',
      times: 6,
      effect: { kind: 'refuse', error: new AwsError('ServiceException', 'down', { status: 500 }) },
    });

    await publish({ Message: 'x' });
    await pass(60);

    expect(events()).toHaveLength(1);
  });
});

describe('subscriptions', () => {
  it.each([
    ['a value', { kind: ['release'] }, true],
    ['another value', { kind: ['alarm'] }, false],
    ['a prefix', { kind: [{ prefix: 'rel' }] }, true],
    ['a number', { stage: [{ numeric: ['>=', 3] }] }, true],
    ['an element of a list', { tags: ['b'] }, true],
    ['a missing attribute', { owner: [{ exists: false }] }, true],
  ])('filter by %s', async (_, filter, expected) => {
    const { subscribe, publish, pass, events } = await open();
    await subscribe('lambda', FUNCTION, { FilterPolicy: JSON.stringify(filter) });

    await publish({
      Message: 'x',
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'release' },
        stage: { DataType: 'Number', StringValue: '3' },
        tags: { DataType: 'String.Array', StringValue: '["a","b"]' },
      },
    });
    await pass(1);

    expect(events()).toHaveLength(expected ? 1 : 0);
  });

  it('may filter by the body', async () => {
    const { subscribe, publish, pass, events } = await open();
    await subscribe('lambda', FUNCTION, {
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: JSON.stringify({ pair: ['shop'] }),
    });

    await publish({ Message: '{"pair":"other"}' });
    await publish({ Message: '{"pair":"shop"}' });
    await publish({ Message: 'no json' });
    await pass(1);

    expect(events()).toHaveLength(1);
  });

  it('by mail wait for a confirmation that never comes, and a note says so', async () => {
    const { subscribe, ask, notes } = await open();

    const { SubscriptionArn } = await subscribe('email', 'duty@example.com');

    expect(SubscriptionArn).toBe('pending confirmation');
    const { Subscriptions } = await ask('sns', 'ListSubscriptionsByTopic', { TopicArn: TOPIC });
    expect(Subscriptions[0].SubscriptionArn).toBe('PendingConfirmation');
    expect([...notes].join()).toContain('duty@example.com');
  });

  it('leave this machine for nobody', async () => {
    const { subscribe } = await open();

    await expect(subscribe('https', 'https://example.com/hook')).rejects.toThrow('Endpoint');
  });

  it('post to this machine', async () => {
    const { subscribe, publish, pass } = await open();
    const bodies: any[] = [];
    const server = createServer(async (request, response) => {
      bodies.push(JSON.parse((await request.toArray()).join('')));
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    await subscribe('http', `http://127.0.0.1:${port}/hook`);
    await publish({ Message: 'hello' });
    await pass(1);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));

    expect(bodies).toMatchObject([{ Type: 'Notification', TopicArn: TOPIC, Message: 'hello' }]);
  });
});

describe('the policy of a topic', () => {
  const publishAs = (cloud: Awaited<ReturnType<typeof open>>, service: string) =>
    cloud.askAs(service, 'sns', 'Publish', { TopicArn: TOPIC, Message: 'x' });
  const allow = (service: string) =>
    JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sns:Publish',
          Resource: TOPIC,
        },
      ],
    });

  it('lets alarms in as long as nobody has written another one', async () => {
    const cloud = await open();

    await expect(publishAs(cloud, 'cloudwatch.amazonaws.com')).resolves.toBeDefined();
    await expect(publishAs(cloud, 'events.amazonaws.com')).rejects.toMatchObject({ status: 403 });
  });

  it('names the services that may publish', async () => {
    const cloud = await open();
    await cloud.ask('sns', 'SetTopicAttributes', {
      TopicArn: TOPIC,
      AttributeName: 'Policy',
      AttributeValue: allow('events.amazonaws.com'),
    });

    await expect(publishAs(cloud, 'events.amazonaws.com')).resolves.toBeDefined();
    await expect(publishAs(cloud, 'cloudwatch.amazonaws.com')).rejects.toMatchObject({
      status: 403,
    });
  });

  it('is refused with a condition that nobody evaluates', async () => {
    const { ask } = await open();

    await expect(
      ask('sns', 'SetTopicAttributes', {
        TopicArn: TOPIC,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify({
          Statement: [
            { Effect: 'Allow', Condition: { IpAddress: { 'aws:SourceIp': '1.2.3.4/32' } } },
          ],
        }),
      }),
    ).rejects.toThrow('aws:sourceip');
  });
});

describe('PublishBatch', () => {
  it('answers entry by entry', async () => {
    const { ask } = await open();

    const { Successful, Failed } = await ask('sns', 'PublishBatch', {
      TopicArn: TOPIC,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'x' },
        { Id: 'b', Message: '' },
      ],
    });

    expect(Successful.map(({ Id }: any) => Id)).toEqual(['a']);
    expect(Failed).toMatchObject([{ Id: 'b', SenderFault: true }]);
  });
});

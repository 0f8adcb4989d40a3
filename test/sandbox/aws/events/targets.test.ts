import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../../packages/sandbox/aws-error.ts';
import { recording } from '../../local-cloud.ts';
import { end, FUNCTION, MACHINE, open, push, QUEUE, QUEUE_URL } from './bus-cloud.ts';

afterEach(end);

describe('targets', () => {
  it.each([
    ['a constant', { Input: '{"fixed":1}' }, { fixed: 1 }],
    ['a part', { InputPath: '$.detail.repository-name' }, 'web'],
    [
      'a template',
      {
        InputTransformer: {
          InputPathsMap: {
            name: '$.detail.repository-name',
            first: '$.resources[0]',
            all: '$.detail',
          },
          InputTemplate:
            '{"text":"<name> was pushed by \\"<aws.events.rule-name>\\"","first":<first>,"all":<all>}',
        },
      },
      {
        text: 'web was pushed by "pushes"',
        first: push.Resources[0],
        all: { result: 'SUCCESS', 'repository-name': 'web' },
      },
    ],
    [
      'a text',
      {
        InputTransformer: {
          InputPathsMap: { name: '$.detail.repository-name' },
          InputTemplate: '"<name>!"',
        },
      },
      'web!',
    ],
  ])('get %s of the event', async (_, target, expected) => {
    const { put, pass, events } = await open({}, target);

    await put();
    await pass(1);

    expect(events()).toEqual([expected]);
  });

  it('start a state machine with the role of the target', async () => {
    const started: any[] = [];
    const { put, pass, ask, register, choke } = await open();
    register(recording('states', { StartExecution: () => ({}) }));
    choke.inject({
      name: 'see who calls',
      matches: ({ operation }) => operation === 'StartExecution',
      effect: { kind: 'before', action: async (call) => void started.push(call) },
    });
    const role = 'arn:aws:iam::111122223333:role/start';
    await ask('events', 'PutTargets', {
      Rule: 'pushes',
      Targets: [{ Id: 'watch', Arn: MACHINE, RoleArn: role }],
    });

    const { Entries } = await put();
    await pass(1);

    expect(started[0]).toMatchObject({
      principal: { kind: 'role', arn: role },
      input: { stateMachineArn: MACHINE },
    });
    expect(started[0].input.name).toMatch(new RegExp(`^${Entries[0].EventId}_`));
  });

  it('are refused without a role where one is needed, and where they mean nothing here', async () => {
    const { ask } = await open();
    const put = (target: object) =>
      ask('events', 'PutTargets', { Rule: 'pushes', Targets: [{ Id: 'x', ...target }] });

    await expect(put({ Arn: MACHINE })).rejects.toThrow('RoleArn is required');
    await expect(put({ Arn: 'arn:aws:kinesis:us-east-1:1:stream/x' })).rejects.toThrow('kinesis');
    await expect(put({ Arn: FUNCTION, EcsParameters: {} })).rejects.toThrow('EcsParameters');
  });

  it('are tried again after a throttle', async () => {
    const { put, pass, choke, events } = await open();
    const fault = choke.inject({
      name: 'throttled twice',
      matches: ({ operation }) => operation === 'Invoke',
      times: 2,
      effect: {
        kind: 'refuse',
        error: new AwsError('TooManyRequestsException', 'Rate exceeded', { status: 429 }),
      },
    });

    await put();
    await pass(10);

    expect(fault.hits()).toBe(2);
    expect(events()).toHaveLength(1);
  });

  it('have a dead-letter queue for events that nobody took', async () => {
    const { put, pass, ask, choke } = await open(
      {},
      {
        RetryPolicy: { MaximumRetryAttempts: 2 },
        DeadLetterConfig: { Arn: QUEUE },
      },
    );
    await ask('sqs', 'CreateQueue', {
      QueueName: 'dead',
      Attributes: { Policy: policy('events.amazonaws.com') },
    });
    choke.inject({
      name: 'down',
      matches: ({ operation }) => operation === 'Invoke',
      times: 10,
      effect: { kind: 'refuse', error: new AwsError('ServiceException', 'down', { status: 500 }) },
    });

    await put();
    await pass(60);
    const { Messages } = await ask('sqs', 'ReceiveMessage', { QueueUrl: QUEUE_URL });

    expect(JSON.parse(Messages[0].Body)).toMatchObject({ source: 'aws.ecr' });
    expect(Messages[0].MessageAttributes).toMatchObject({
      TARGET_ARN: { StringValue: FUNCTION },
      ERROR_CODE: { StringValue: 'SDK_CLIENT_ERROR' },
      RETRY_ATTEMPTS: { DataType: 'Number', StringValue: '2' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
    });
  });

  it('are not tried again when they refuse', async () => {
    const { put, pass, ask, choke, notes } = await open({}, { DeadLetterConfig: { Arn: QUEUE } });
    await ask('sqs', 'CreateQueue', { QueueName: 'dead' });
    const fault = choke.inject({
      name: 'forbidden',
      matches: ({ operation }) => operation === 'Invoke',
      times: 10,
      effect: {
        kind: 'refuse',
        error: new AwsError('AccessDeniedException', 'no', { status: 403 }),
      },
    });

    await put();
    await pass(60);

    expect(fault.hits()).toBe(1);
    expect([...notes].join()).toContain('did not take it');
  });
});

const policy = (service: string) =>
  JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: {
          ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/pushes' },
        },
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });

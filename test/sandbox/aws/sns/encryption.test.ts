import { afterEach, expect, it } from 'vitest';
import { kmsService } from '../../../../packages/sandbox/aws/kms/service.ts';
import { snsService } from '../../../../packages/sandbox/aws/sns/service.ts';
import { messagingCloud } from '../messaging.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:duty';
const ALARM = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:';
const CLOUDWATCH = 'cloudwatch.amazonaws.com';

let end: () => Promise<void> = async () => undefined;
afterEach(() => end());

const letsIn = (change: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: CLOUDWATCH },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  Condition: { ArnLike: { 'aws:SourceArn': `${ALARM}duty-*` } },
  ...change,
});

/** A topic under a key with these statements beside that of the account, as CDK writes it. */
const open = async (statements: readonly object[], key: object = {}, masterKey?: string) => {
  const cloud = messagingCloud();
  end = cloud.close;
  const sns = cloud.register(snsService(cloud.cloud));
  cloud.register(kmsService(cloud.cloud));
  const { KeyMetadata } = await cloud.ask('kms', 'CreateKey', {
    Policy: JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'kms:*',
          Resource: '*',
          Condition: { StringEquals: { 'kms:ViaService': 'sns.us-east-1.amazonaws.com' } },
        },
        ...statements,
      ],
    }),
    ...key,
  });
  await cloud.ask('sns', 'CreateTopic', {
    Name: 'duty',
    Attributes: { KmsMasterKeyId: masterKey ?? KeyMetadata.Arn },
  });
  const message = { TopicArn: TOPIC, Message: 'x' };
  return {
    notes: cloud.notes,
    messages: () => sns.messages(TOPIC).length,
    asOwner: () => cloud.ask('sns', 'Publish', message),
    batch: () =>
      cloud.ask('sns', 'PublishBatch', {
        TopicArn: TOPIC,
        PublishBatchRequestEntries: [{ Id: '1', Message: 'x' }],
      }),
    asAlarm: (alarm = 'duty-1') =>
      cloud.askAs(CLOUDWATCH, 'sns', 'Publish', { ...message, SourceArn: `${ALARM}${alarm}` }),
  };
};

const refused = { name: 'KMSAccessDeniedException', status: 400 };

it('takes the alarms that the policy of its key names, and no others', async () => {
  const { asAlarm, messages } = await open([letsIn()]);

  await asAlarm();
  await expect(asAlarm('other')).rejects.toMatchObject(refused);
  expect(messages()).toBe(1);
});

it.each([
  ['no statement for services', []],
  ['no Decrypt', [letsIn({ Action: 'kms:GenerateDataKey' })]],
  ['no GenerateDataKey', [letsIn({ Action: 'kms:Decrypt' })]],
  ['another service', [letsIn({ Principal: { Service: 'events.amazonaws.com' } })]],
])(
  'takes no alarm when the policy of its key has %s, and lets its owner publish',
  async (_, statements) => {
    const { asAlarm, asOwner, batch, messages } = await open(statements);

    await expect(asAlarm()).rejects.toMatchObject(refused);
    await asOwner();
    await batch();
    expect(messages()).toBe(2);
  },
);

it('takes no alarm under alias/aws/sns, whose policy nobody can change', async () => {
  const { asAlarm, asOwner } = await open([letsIn()], {}, 'alias/aws/sns');

  await expect(asAlarm()).rejects.toMatchObject(refused);
  await asOwner();
});

it('says that it does not look behind other aliases', async () => {
  const { asAlarm, notes } = await open([], {}, 'alias/mine');

  await asAlarm();
  expect([...notes].join()).toContain('alias/mine is not looked at');
});

it('takes nothing under a key that is not there or encrypts nothing', async () => {
  const missing = 'arn:aws:kms:us-east-1:111122223333:key/none';
  await expect((await open([], {}, missing)).asOwner()).rejects.toMatchObject({
    name: 'KMSNotFoundException',
  });
  await end();
  const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
  const { asOwner, batch } = await open([], hmac);
  await expect(asOwner()).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
  await expect(batch()).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
});

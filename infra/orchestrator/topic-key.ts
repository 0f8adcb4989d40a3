/** The key of KMS that encrypts what lies in the topics, and what every publisher needs for it. */
import { Annotations, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { arnOf } from '../arn.ts';

/** The key of the topics: one that exists, by its construct or its ARN, or `create` for one that the stack makes. */
export type TopicMasterKey = IKey | `arn:${string}` | 'create';

const ALARMS = 'cloudwatch.amazonaws.com';

/** What SNS does in the name of who publishes: it asks for a data key, and reads that back. */
const USES = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** `arn:<partition>:kms:<region>:<account>:<resource>` */
const KMS_ARN = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:/;

const AWS_MANAGED =
  "The topics cannot be encrypted with a key that AWS manages, as alias/aws/sns is: its policy lets no CloudWatch alarm in and nobody can change it, so alarms would reach nobody. Give topicMasterKey a key of yours, or 'create'.";

const checked = (scope: Construct, key: IKey): IKey => {
  const { keyArn } = key;
  if (keyArn.includes('alias/aws/')) throw new Error(AWS_MANAGED);
  if ('aliasName' in key || keyArn.includes(':alias/'))
    throw new Error(
      'topicMasterKey is an alias. Policies of roles name keys and never aliases: give the key behind it.',
    );
  const { region } = Stack.of(scope);
  const [, , , home = ''] = keyArn.split(':');
  if (!Token.isUnresolved(keyArn) && !Token.isUnresolved(region) && home !== region)
    throw new Error(
      `topicMasterKey is a key of ${home}, but the topics are in ${region}: name one of ${region}.`,
    );
  return key;
};

const given = (scope: Construct, key: IKey | string): IKey => {
  if (typeof key !== 'string') return key;
  if (key.startsWith('alias/aws/')) throw new Error(AWS_MANAGED);
  if (!Token.isUnresolved(key) && !KMS_ARN.test(key))
    throw new Error(
      `topicMasterKey is "${key}", but it must be a key, the ARN of one of KMS, or 'create'.`,
    );
  return Key.fromKeyArn(scope, 'TopicKey', key);
};

const made = (scope: Construct): IKey =>
  new Key(scope, 'TopicKey', {
    alias: 'tandem-topics',
    description: 'Encrypts the messages in the topics of Tandem',
    enableKeyRotation: true,
    // Nothing lies in a topic for longer than its delivery: with the topics goes whatever needs the key.
    removalPolicy: RemovalPolicy.DESTROY,
  });

/** CloudWatch publishes as a service, so it is the key's policy that lets it in; only for alarms called `tandem-…`. */
const letAlarmsIn = (scope: Construct): PolicyStatement =>
  new PolicyStatement({
    sid: 'AlarmsOfTandem',
    principals: [new ServicePrincipal(ALARMS)],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'aws:SourceArn': arnOf(scope, 'cloudwatch', 'alarm:tandem-*') },
      StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
    },
  });

/** The same statement as a person would write it into a policy that is not ours to change. */
const statementToAdd = (scope: Construct): string => {
  const stack = Stack.of(scope);
  const [partition, region, account] = [
    [stack.partition, 'aws'],
    [stack.region, '<region>'],
    [stack.account, '<account>'],
  ].map(([value, name]) => (Token.isUnresolved(value) ? name : value));
  return JSON.stringify({
    Sid: 'AlarmsOfTandem',
    Effect: 'Allow',
    Principal: { Service: ALARMS },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    Condition: {
      ArnLike: {
        'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:tandem-*`,
      },
      StringEquals: { 'aws:SourceAccount': account },
    },
  });
};

/** The key that the topics get; a stack that may not write its policy warns with the statement to add. */
export const topicKey = (scope: Construct, wanted: TopicMasterKey): IKey => {
  const key = wanted === 'create' ? made(scope) : checked(scope, given(scope, wanted));
  if (!key.addToResourcePolicy(letAlarmsIn(scope)).statementAdded)
    Annotations.of(scope).addWarningV2(
      'tandem:topicKeyPolicy',
      `The key of the topics is imported, so its policy cannot be read or changed here. Without this statement in it no alarm of Tandem reaches anybody: ${statementToAdd(scope)}`,
    );
  return key;
};

/** What a role needs beside its statements: the key, if it publishes. */
export const useTopicKey = (
  key: IKey | undefined,
  statements: readonly PolicyStatement[],
): PolicyStatement[] =>
  key && statements.some(({ actions }) => actions.includes('sns:Publish'))
    ? [new PolicyStatement({ actions: USES, resources: [key.keyArn] })]
    : [];

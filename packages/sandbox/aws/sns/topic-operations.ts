/** Creates, describes, changes and tags topics. */

import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { resourcePolicy } from '../../delivery/resource-policy.ts';
import { page } from '../../paging.ts';
import { paging } from './paging.ts';
import type { Topic, Topics } from './topics.ts';

/** Attributes that are kept; only KmsMasterKeyId changes something on a laptop. */
const KEPT = [
  'DisplayName',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
];

const invalid = (what: string) =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${what}`);

const setAttribute = (topic: Topic, name: string, value: string) => {
  if (name === 'Policy') topic.policy = value ? resourcePolicy(value) : undefined;
  else if (name === 'FifoTopic' && value === 'true')
    throw invalid('this sandbox has no FIFO topics');
  else if (KEPT.includes(name)) topic.attributes.set(name, value);
  else throw invalid('AttributeName');
};

/** What AWS gives a topic that nobody has given a policy: its own account may use it. */
const defaultPolicy = (arn: string) => ({
  Version: '2008-10-17',
  Id: '__default_policy_ID',
  Statement: [
    {
      Sid: '__default_statement_ID',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes'],
      Resource: arn,
      Condition: { StringEquals: { 'AWS:SourceOwner': arn.split(':')[4] } },
    },
  ],
});

const attributesOf = (topic: Topic, owner: string): Record<string, string> => {
  const subscriptions = [...topic.subscriptions.values()];
  const confirmed = subscriptions.filter((subscription) => subscription.confirmed).length;
  return {
    TopicArn: topic.arn,
    Owner: owner,
    DisplayName: '',
    Policy: JSON.stringify(topic.policy ?? defaultPolicy(topic.arn)),
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(subscriptions.length - confirmed),
    SubscriptionsDeleted: String(topic.unsubscribed),
    ...Object.fromEntries(topic.attributes),
  };
};

/** CreateTopic, DeleteTopic, ListTopics, Get/SetTopicAttributes, TagResource, UntagResource, ListTagsForResource. */
export const topicOperations = (cloud: Cloud, state: Topics): Record<string, Operation> => ({
  CreateTopic: ({ Name = '', Attributes = {}, Tags = [] }, { region }) => {
    if (!/^[A-Za-z0-9_-]{1,256}$/.test(Name)) throw invalid('Topic Name');
    const arn = `arn:aws:sns:${region}:${cloud.account}:${Name}`;
    if (state.inRegion(region).has(arn)) return { TopicArn: arn };
    const topic: Topic = {
      name: Name,
      arn,
      attributes: new Map(),
      tags: new Map(Tags.map(({ Key, Value }: any) => [Key, Value])),
      subscriptions: new Map(),
      recent: [],
      policy: undefined,
      unsubscribed: 0,
    };
    for (const [name, value] of Object.entries<string>(Attributes))
      setAttribute(topic, name, value);
    state.inRegion(region).set(arn, topic);
    return { TopicArn: arn };
  },

  DeleteTopic: ({ TopicArn }, { region }) => {
    state.inRegion(region).delete(TopicArn);
    return {};
  },

  ListTopics: (input, { region }) => {
    const { items, next } = page(paging, [...state.inRegion(region).keys()], input);
    return { Topics: items.map((TopicArn) => ({ TopicArn })), ...next };
  },

  GetTopicAttributes: ({ TopicArn }) => ({
    Attributes: attributesOf(state.topic(TopicArn), cloud.account),
  }),

  SetTopicAttributes: ({ TopicArn, AttributeName, AttributeValue = '' }) => {
    setAttribute(state.topic(TopicArn), AttributeName, AttributeValue);
    return {};
  },

  TagResource: ({ ResourceArn, Tags = [] }) => {
    const { tags } = state.topic(ResourceArn);
    for (const { Key, Value } of Tags) tags.set(Key, Value);
    return {};
  },

  UntagResource: ({ ResourceArn, TagKeys = [] }) => {
    const { tags } = state.topic(ResourceArn);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },

  ListTagsForResource: ({ ResourceArn }) => ({
    Tags: [...state.topic(ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
});

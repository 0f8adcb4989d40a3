/** Simple Notification Service: topics, subscriptions, filters and delivery. */
import type { Cloud, Permission, Service } from '../../cloud.ts';
import { timersOf } from '../../delivery/timers.ts';
import { publishOperations } from './publish.ts';
import { subscriptionResource, topicPolicyResource, topicResource } from './resources.ts';
import { sender } from './send.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { topicOperations } from './topic-operations.ts';
import { type TopicMessage, topics } from './topics.ts';

/** SNS, and a way for people on a laptop to read what was published. */
export interface SnsService extends Service {
  /** The last 100 messages of a topic, oldest first. */
  messages(topicArn: string): readonly TopicMessage[];
}

const ON_TOPIC = [
  'CreateTopic',
  'DeleteTopic',
  'GetTopicAttributes',
  'SetTopicAttributes',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'GetSubscriptionAttributes',
  'SetSubscriptionAttributes',
  'Publish',
  'TagResource',
  'UntagResource',
  'ListTagsForResource',
];

/** Standard topics; subscribers are functions, queues and HTTP endpoints on this machine. Mail is noted, never sent. */
export const snsService = (cloud: Cloud): SnsService => {
  const state = topics();
  const timers = timersOf(cloud);

  const asks =
    (operation: string) =>
    (input: any, caller: { region: string }): Permission[] => {
      const { Name, TopicArn, TargetArn, ResourceArn, SubscriptionArn } = input;
      const topicOfSubscription = SubscriptionArn?.split(':').slice(0, 6).join(':');
      const named = Name && `arn:aws:sns:${caller.region}:${cloud.account}:${Name}`;
      const resource = TopicArn ?? TargetArn ?? ResourceArn ?? topicOfSubscription ?? named ?? '*';
      return [{ action: `sns:${operation}`, resource }];
    };

  return {
    id: 'sns',
    operations: {
      ...topicOperations(cloud, state),
      ...subscriptionOperations(cloud, state),
      ...publishOperations(cloud, state, sender(cloud, timers)),
    },
    permissions: {
      ...Object.fromEntries(ON_TOPIC.map((operation) => [operation, asks(operation)])),
      PublishBatch: asks('Publish'),
    },
    resources: {
      'AWS::SNS::Topic': topicResource,
      'AWS::SNS::Subscription': subscriptionResource,
      'AWS::SNS::TopicPolicy': topicPolicyResource,
    },
    messages: (topicArn) => [...state.topic(topicArn).recent],
    close: async () => timers.close(),
  };
};

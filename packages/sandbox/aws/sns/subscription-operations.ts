/** Subscribes receivers to topics. */

import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { uuid } from '../../delivery/uuid.ts';
import { page } from '../../paging.ts';
import { filterOf } from './filter-policy.ts';
import { paging } from './paging.ts';
import type { Subscription, Topics } from './topics.ts';

const invalid = (what: string) =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${what}`);

/** What an endpoint must look like, per protocol. */
const ENDPOINTS: Readonly<Record<string, RegExp>> = {
  lambda: /^arn:aws:lambda:[^:]+:\d+:function:.+$/,
  sqs: /^arn:aws:sqs:[^:]+:\d+:[^:]+$/,
  http: /^http:\/\/127\.0\.0\.1(:\d+)?(\/.*)?$/,
  https: /^https:\/\/127\.0\.0\.1(:\d+)?(\/.*)?$/,
  email: /^[^@\s]+@[^@\s]+$/,
  'email-json': /^[^@\s]+@[^@\s]+$/,
};

/** Attributes that change nothing on a laptop. */
const KEPT = ['DeliveryPolicy', 'SubscriptionRoleArn'];

const isMail = (protocol: string) => protocol.startsWith('email');

const setAttribute = (subscription: Subscription, name: string, value: string) => {
  if (
    !['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', ...KEPT].includes(
      name,
    )
  ) {
    throw invalid('AttributeName');
  }
  if (name === 'RedrivePolicy' && value && !JSON.parse(value).deadLetterTargetArn) {
    throw invalid('RedrivePolicy: deadLetterTargetArn is missing');
  }
  subscription.attributes.set(name, value);
  if (name.startsWith('FilterPolicy')) {
    subscription.filter = filterOf(
      subscription.attributes.get('FilterPolicy'),
      subscription.attributes.get('FilterPolicyScope'),
    );
  }
};

const listed = ({ arn, topicArn, protocol, endpoint, confirmed }: Subscription) => ({
  SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
  Owner: topicArn.split(':')[4],
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topicArn,
});

/** Subscribe, Unsubscribe, ListSubscriptions(ByTopic), Get/SetSubscriptionAttributes. */
export const subscriptionOperations = (cloud: Cloud, state: Topics): Record<string, Operation> => ({
  Subscribe: ({ TopicArn, Protocol, Endpoint = '', Attributes = {}, ReturnSubscriptionArn }) => {
    const topic = state.topic(TopicArn);
    const endpoint = Object.hasOwn(ENDPOINTS, Protocol) ? ENDPOINTS[Protocol] : undefined;
    if (!endpoint) {
      throw invalid(`Does not support this protocol string: ${Protocol} (in this sandbox)`);
    }
    if (!endpoint.test(Endpoint)) throw invalid(`Endpoint: ${Endpoint} for protocol ${Protocol}`);
    const known = [...topic.subscriptions.values()].find(
      ({ protocol, endpoint }) => protocol === Protocol && endpoint === Endpoint,
    );
    if (known) return { SubscriptionArn: known.arn };

    const subscription: Subscription = {
      arn: `${TopicArn}:${uuid(cloud)}`,
      topicArn: TopicArn,
      protocol: Protocol,
      endpoint: Endpoint,
      confirmed: !isMail(Protocol),
      attributes: new Map(),
      filter: undefined,
    };
    for (const [name, value] of Object.entries<string>(Attributes)) {
      setAttribute(subscription, name, value);
    }
    topic.subscriptions.set(subscription.arn, subscription);
    if (isMail(Protocol)) cloud.note(`No mail is sent to ${Endpoint}; read ${TopicArn} instead`);
    const tell = subscription.confirmed || ReturnSubscriptionArn;
    return { SubscriptionArn: tell ? subscription.arn : 'pending confirmation' };
  },

  Unsubscribe: ({ SubscriptionArn }) => {
    const { topic } = state.subscription(SubscriptionArn);
    topic.subscriptions.delete(SubscriptionArn);
    topic.unsubscribed += 1;
    return {};
  },

  ListSubscriptions: (input, { region }) => {
    const all = [...state.inRegion(region).values()].flatMap(({ subscriptions }) => [
      ...subscriptions.values(),
    ]);
    const { items, next } = page(paging, all, input);
    return { Subscriptions: items.map(listed), ...next };
  },

  ListSubscriptionsByTopic: ({ TopicArn, ...input }) => {
    const all = [...state.topic(TopicArn).subscriptions.values()];
    const { items, next } = page(paging, all, input);
    return { Subscriptions: items.map(listed), ...next };
  },

  GetSubscriptionAttributes: ({ SubscriptionArn }) => {
    const { subscription } = state.subscription(SubscriptionArn);
    const { arn, topicArn, protocol, endpoint, confirmed, attributes } = subscription;
    return {
      Attributes: {
        SubscriptionArn: arn,
        TopicArn: topicArn,
        Protocol: protocol,
        Endpoint: endpoint,
        PendingConfirmation: String(!confirmed),
        ...Object.fromEntries(attributes),
      },
    };
  },

  SetSubscriptionAttributes: ({ SubscriptionArn, AttributeName, AttributeValue = '' }) => {
    setAttribute(state.subscription(SubscriptionArn).subscription, AttributeName, AttributeValue);
    return {};
  },
});

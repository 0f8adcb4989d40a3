/** CloudFormation's topics, subscriptions and topic policies. */
import type { ResourceProvider } from '../../cloud.ts';

/** `AWS::SNS::Topic`, standard topics only. */
export const topicResource: ResourceProvider = {
  properties: ['TopicName', 'DisplayName', 'KmsMasterKeyId', 'Subscription', 'Tags'],
  ignored: ['SignatureVersion', 'TracingConfig', 'DeliveryStatusLogging', 'DataProtectionPolicy'],
  create: async (
    { TopicName, DisplayName, KmsMasterKeyId, Subscription = [], Tags },
    { physicalName, call },
  ) => {
    const Name = TopicName ?? physicalName(256);
    const { TopicArn } = await call('sns', 'CreateTopic', {
      Name,
      Tags,
      Attributes: {
        ...(DisplayName && { DisplayName }),
        ...(KmsMasterKeyId && { KmsMasterKeyId }),
      },
    });
    for (const { Protocol, Endpoint } of Subscription) {
      await call('sns', 'Subscribe', { TopicArn, Protocol, Endpoint });
    }
    return { ref: TopicArn, attributes: { TopicArn, TopicName: Name } };
  },
};

/** `AWS::SNS::Subscription`. */
export const subscriptionResource: ResourceProvider = {
  properties: [
    'TopicArn',
    'Protocol',
    'Endpoint',
    'FilterPolicy',
    'FilterPolicyScope',
    'RawMessageDelivery',
    'RedrivePolicy',
  ],
  ignored: ['DeliveryPolicy', 'Region'],
  create: async ({ TopicArn, Protocol, Endpoint, ...attributes }, { call }) => {
    const texts = ['FilterPolicyScope', 'FilterPolicy', 'RawMessageDelivery', 'RedrivePolicy']
      .filter((name) => attributes[name] !== undefined)
      .map((name) => {
        const value = attributes[name];
        return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
      });
    const { SubscriptionArn } = await call('sns', 'Subscribe', {
      TopicArn,
      Protocol,
      Endpoint,
      Attributes: Object.fromEntries(texts),
      ReturnSubscriptionArn: true,
    });
    return { ref: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
};

/** `AWS::SNS::TopicPolicy`. */
export const topicPolicyResource: ResourceProvider = {
  properties: ['PolicyDocument', 'Topics'],
  create: async ({ PolicyDocument, Topics }, { physicalName, call }) => {
    for (const TopicArn of Topics) {
      await call('sns', 'SetTopicAttributes', {
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify(PolicyDocument),
      });
    }
    const id = physicalName();
    return { ref: id, attributes: { Id: id } };
  },
};

/** The topics of every Region, their subscriptions, and the last messages of each. */
import { AwsError } from '../../aws-error.ts';
import type { Pattern } from '../../delivery/pattern.ts';
import type { ResourcePolicy } from '../../delivery/resource-policy.ts';

/** A message as it was published. */
export interface TopicMessage {
  readonly id: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  /** The text for receivers whose protocol has no text of its own. */
  readonly message: string;
  /** One text per protocol, where the publisher wrote several. */
  readonly byProtocol: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** Milliseconds of service time. */
  readonly publishedAt: number;
}

/** Value of a message attribute; binary values are base64 text. */
export interface MessageAttribute {
  readonly Type: string;
  readonly Value: string;
}

/** Who gets the messages of a topic. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** False until a person has followed the link in the mail, which never happens on a laptop. */
  readonly confirmed: boolean;
  readonly attributes: Map<string, string>;
  filter: Pattern | undefined;
}

/** One standard topic. */
export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
  readonly recent: TopicMessage[];
  /** Without one, AWS's default holds. */
  policy: ResourcePolicy | undefined;
  unsubscribed: number;
}

/** All topics. */
export interface Topics {
  inRegion(region: string): Map<string, Topic>;
  /** Throws NotFoundException, and InvalidParameterException for what is no ARN. */
  topic(arn: string): Topic;
  /** Throws NotFoundException, and InvalidParameterException for what is no ARN. */
  subscription(arn: string): { topic: Topic; subscription: Subscription };
}

const notFound = (what: string) =>
  new AwsError('NotFoundException', `${what} does not exist`, { status: 404 });

/** Elements of an ARN, between colons. */
const ELEMENTS = 6;

const checkArn = (arn: string, member: string) => {
  const count = arn.split(':').length;
  if (arn.startsWith('arn:') && count >= ELEMENTS) return;
  throw new AwsError(
    'InvalidParameterException',
    `Invalid parameter: ${member} Reason: An ARN must have at least ${ELEMENTS} elements, not ${count}`,
  );
};

/** No topic yet. */
export const topics = (): Topics => {
  const regions = new Map<string, Map<string, Topic>>();
  const inRegion = (region: string) => {
    const known = regions.get(region) ?? new Map<string, Topic>();
    regions.set(region, known);
    return known;
  };
  const topic = (arn: string) => {
    checkArn(arn, 'TopicArn');
    const found = inRegion(arn.split(':')[3] ?? '').get(arn);
    if (found) return found;
    throw notFound('Topic');
  };
  return {
    inRegion,
    topic,
    subscription: (arn) => {
      checkArn(arn, 'SubscriptionArn');
      const owner = topic(arn.slice(0, arn.lastIndexOf(':')));
      const subscription = owner.subscriptions.get(arn);
      if (subscription) return { topic: owner, subscription };
      throw notFound('Subscription');
    },
  };
};

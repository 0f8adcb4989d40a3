/** The queues of every Region and their messages. */
import { AwsError } from '../../aws-error.ts';
import type { ResourcePolicy } from '../../delivery/resource-policy.ts';

/** One message; it is hidden from receivers until `visibleAt` (milliseconds of service time). */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly sentAt: number;
  visibleAt: number;
  firstReceivedAt: number | undefined;
  receives: number;
  receipt: string | undefined;
}

/** One standard queue. Times are seconds. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAt: number;
  readonly visibilityTimeout: number;
  readonly retention: number;
  readonly delay: number;
  policy: ResourcePolicy | undefined;
  messages: Message[];
}

/** All queues. */
export interface Queues {
  inRegion(region: string): Map<string, Queue>;
  all(): readonly { readonly region: string; readonly queue: Queue }[];
  /** Finds a queue by URL or name. Throws QueueDoesNotExist. */
  find(region: string, urlOrName: string): Queue;
}

/** No queue yet. */
export const queues = (): Queues => {
  const regions = new Map<string, Map<string, Queue>>();
  const inRegion = (region: string) => {
    const known = regions.get(region) ?? new Map<string, Queue>();
    regions.set(region, known);
    return known;
  };
  return {
    inRegion,
    all: () =>
      [...regions].flatMap(([region, known]) =>
        [...known.values()].map((queue) => ({ region, queue })),
      ),
    find: (region, urlOrName) => {
      const queue = inRegion(region).get(urlOrName.slice(urlOrName.lastIndexOf('/') + 1));
      if (queue) return queue;
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    },
  };
};

/** Forgets the messages whose retention period has passed, and gives the others. */
export const keptMessages = (queue: Queue, now: number): readonly Message[] => {
  queue.messages = queue.messages.filter(({ sentAt }) => sentAt + queue.retention * 1000 > now);
  return queue.messages;
};

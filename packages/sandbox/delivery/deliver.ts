/** Brings one message to one receiver: tries, waits, tries again, gives up. */
import { AwsError } from '../aws-error.ts';
import type { Timers } from './timers.ts';

/** One message on its way. */
export interface Delivery {
  readonly attempt: () => Promise<unknown>;
  /** Seconds of service time to wait before each repetition; where it ends, the delivery is given up. */
  readonly waits: Iterable<number>;
  /** Told once, after the last try. `retries` counts the repetitions. */
  readonly failed: (failure: { error: Error; retries: number; permanent: boolean }) => unknown;
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimit/;

/** Whether a repetition cannot help: the receiver does not exist, refuses, or cannot read the message. */
const isPermanent = (error: unknown): boolean =>
  error instanceof AwsError && error.status < 500 && !THROTTLED.test(error.name);

/** Starts a delivery in the background. */
export const deliver = (timers: Timers, { attempt, waits, failed }: Delivery): void => {
  const left = waits[Symbol.iterator]();
  let retries = 0;

  const run = async () => {
    try {
      await attempt();
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const permanent = isPermanent(error);
      const next = permanent ? undefined : left.next();
      if (!next || next.done) return failed({ error, retries, permanent });
      retries += 1;
      timers.after(next.value * 1000, run);
    }
  };
  timers.after(0, run);
};

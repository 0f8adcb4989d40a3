/** Knows Retry and Catch: when an attempt is made again, and through which catcher a failed state is left. */
import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { RetriedState, Retrier } from './definition/definition.ts';
import { errorOutput, failureOf, matches, type StateFailure } from './failure.ts';
import { payload } from './payload.ts';
import type { Leave, Visit } from './visit.ts';

/** Milliseconds before the attempt after `attempts` retries; FULL jitter takes a random part of them. */
const retryDelay = (
  { intervalSeconds, backoffRate, maxDelaySeconds, jitter }: Retrier,
  attempts: number,
  random: () => number,
): number => {
  const seconds = Math.min(intervalSeconds * backoffRate ** attempts, maxDelaySeconds);
  return seconds * 1_000 * (jitter ? random() : 1);
};

const caught = async (
  visit: Visit<RetriedState>,
  failure: StateFailure,
): Promise<Leave | undefined> => {
  const { state } = visit;
  const catcher = state.catch.find(({ errorEquals }) => matches(errorEquals, failure));
  if (!catcher) return undefined;
  const output = errorOutput(failure);
  return visit.leave(catcher, catcher.next, payload(output, state.name), { errorOutput: output });
};

/** Makes attempts until one ends well, Retry gives up or Catch takes over; throws the last StateFailure. */
export const retrying = async (
  visit: Visit<RetriedState>,
  attempt: () => Promise<Leave>,
): Promise<Leave> => {
  const { state, run, scope } = visit;
  const attempts = new Map<Retrier, number>();
  for (;;) {
    try {
      return await attempt();
    } catch (thrown) {
      const failure = failureOf(thrown);
      visit.redriven = false;
      const retrier = state.retry.find(({ errorEquals }) => matches(errorEquals, failure));
      const made = (retrier && attempts.get(retrier)) ?? 0;
      if (retrier && made < retrier.maxAttempts) {
        attempts.set(retrier, made + 1);
        visit.retries += 1;
        run.count();
        const delay = retryDelay(retrier, made, run.random);
        await new Promise<void>((resolve) => void scope.after(run.clock, delay, resolve));
        continue;
      }
      if (state.type !== 'Task') visit.record(`${state.type}StateFailed` as HistoryEventType);
      const left = await caught(visit, failure);
      if (left) return left;
      throw failure;
    }
  }
};

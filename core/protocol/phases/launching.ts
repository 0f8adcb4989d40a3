import type { TargetRecord } from '../../record/record.ts';
import type { Phase } from '../../release/phase.ts';
import { reason } from '../../release/reason.ts';
import { minutes, seconds, toMilliseconds } from '../../text/time.ts';
import { type Next, type NextStep, proceed, rollback, type View, wait } from './view.ts';

/** Seconds between two attempts to launch into a busy group. */
const BUSY_SECONDS = 60;

/** Launches what has no deployment yet, and waits for a group that somebody else keeps busy; undefined when all are launched. */
export const launching = (
  view: View,
  phase: Phase,
  step: NextStep,
  targets: readonly TargetRecord[],
): Next | undefined => {
  const { policy } = view.record;
  const unlaunched = targets.find(({ forward }) => forward === undefined);
  if (!unlaunched) return undefined;
  const { busy, name } = unlaunched;
  if (!busy) return proceed(phase, step);
  const end = toMilliseconds(busy.since) + minutes(policy.busyMinutes);
  if (view.now >= end) {
    return rollback(
      reason(
        'busy',
        `Another deployment has kept the deployment group of ${busy.of ?? name} busy for ${policy.busyMinutes} minutes; start the release again when it has ended`,
        { target: busy.of ?? name },
      ),
    );
  }
  const again = toMilliseconds(busy.last) + seconds(BUSY_SECONDS);
  if (view.now >= again) return proceed(phase, step);
  const why = { for: `another deployment in the group of ${busy.of ?? name}`, deadline: end };
  return wait(view, phase, { ...why, words: ['abort'] }, again);
};

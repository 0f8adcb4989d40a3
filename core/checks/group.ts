import { type Reason, reason } from '../reason.ts';
import type { Target } from '../target.ts';
import { fail, pass, type Verdict } from '../verdict.ts';

/** What was read of a deployment group. */
export interface GroupReading {
  readonly exists: boolean;
  /** `STOP_DEPLOYMENT` holds green at READY; `CONTINUE_DEPLOYMENT` would move users at once. */
  readonly onReady: string;
  readonly readyWaitMinutes: number;
  readonly terminationWaitMinutes: number;
  readonly alarms: readonly string[];
  readonly rollbackEvents: readonly string[];
}

const EVENTS = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
] as const;

/** Whether a deployment group can hold what the protocol holds, and goes back by itself when nobody drives it. */
export const checkGroup = (
  target: Target,
  reading: GroupReading,
  policy: {
    readonly approvalMinutes: number;
    readonly guardMinutes: number;
    readonly asks: boolean;
  },
): Verdict => {
  const about = { target: target.name };
  if (!reading.exists) {
    return fail(
      reason(
        'target-missing',
        `Deployment group ${target.deploymentGroup} of application ${target.application} does not exist`,
        about,
      ),
    );
  }
  const wrong = (text: string): Reason =>
    reason('target-unhealthy', `Deployment group ${target.deploymentGroup} ${text}`, about);
  const reasons: Reason[] = [];
  const lacking = EVENTS.filter((event) => !reading.rollbackEvents.includes(event));
  if (lacking.length > 0) reasons.push(wrong(`does not roll back on ${lacking.join(', ')}`));
  const unwatched = target.alarms.filter((alarm) => !reading.alarms.includes(alarm));
  if (unwatched.length > 0) reasons.push(wrong(`does not watch ${unwatched.join(', ')}`));
  if (target.kind === 'ecs') {
    if (reading.onReady !== 'STOP_DEPLOYMENT') {
      reasons.push(wrong('does not wait at READY: users would meet green before it is proven'));
    }
    const needed = policy.asks ? policy.approvalMinutes : 0;
    if (reading.readyWaitMinutes <= needed) {
      reasons.push(
        wrong(
          `waits ${reading.readyWaitMinutes} minutes at READY, people get ${needed} to approve`,
        ),
      );
    }
    if (reading.terminationWaitMinutes <= policy.guardMinutes) {
      reasons.push(
        wrong(
          `keeps blue for ${reading.terminationWaitMinutes} minutes, the guard takes ${policy.guardMinutes}`,
        ),
      );
    }
  }
  return reasons.length > 0 ? fail(...reasons) : pass;
};

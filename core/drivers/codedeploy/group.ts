import { type Reason, reason } from '../../release/reason.ts';
import { fail, pass, type Verdict } from '../../release/verdict.ts';
import type { Target } from '../target.ts';

/** What was read of a deployment group. */
export interface GroupReading {
  readonly exists: boolean;
  /** `ECS`, `Lambda` or `Server`. */
  readonly computePlatform: string;
  readonly services: readonly { readonly cluster: string; readonly service: string }[];
  /** Names of the target groups between which traffic moves. */
  readonly targetGroups: readonly string[];
  readonly productionListeners: readonly string[];
  readonly testListeners: readonly string[];
  /** `STOP_DEPLOYMENT` holds green at READY; `CONTINUE_DEPLOYMENT` would move users at once. */
  readonly onReady: string;
  readonly readyWaitMinutes: number;
  readonly terminationWaitMinutes: number;
  readonly alarms: readonly string[];
  readonly rollbackEvents: readonly string[];
}

/** What the policy of a release asks of the waits of a group. */
export interface GroupPolicy {
  readonly approvalMinutes: number;
  readonly guardMinutes: number;
  readonly asks: boolean;
}

const EVENTS = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
] as const;

/** Whether a deployment group watches its target and rolls back by itself when nobody drives it; `further` is what else is wrong with it. */
export const checkGroup = (
  target: Target,
  platform: string,
  reading: GroupReading,
  further: readonly string[],
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
  if (reading.computePlatform !== platform) {
    return fail(
      wrong(`is one of the platform ${reading.computePlatform}, ${target.name} needs ${platform}`),
    );
  }
  const lacking = EVENTS.filter((event) => !reading.rollbackEvents.includes(event));
  const unwatched = target.alarms.filter((alarm) => !reading.alarms.includes(alarm));
  const texts = [
    ...(lacking.length > 0 ? [`does not roll back on ${lacking.join(', ')}`] : []),
    ...(unwatched.length > 0 ? [`does not watch ${unwatched.join(', ')}`] : []),
    ...further,
  ];
  return texts.length > 0 ? fail(...texts.map(wrong)) : pass;
};

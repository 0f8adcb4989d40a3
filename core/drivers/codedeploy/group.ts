import { type Reason, reason } from '../../release/reason.ts';
import { type EcsTarget, PLATFORMS, type Target } from '../../release/target.ts';
import { fail, pass, type Verdict } from '../../release/verdict.ts';
import { targetGroupName } from '../dimensions.ts';

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

const EVENTS = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
] as const;

/** Name of a target group, as CodeDeploy knows it, out of its ARN. */
const shortName = (arn: string): string => targetGroupName(arn).split('/')[1] ?? arn;

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** What a group moves that its target's registration does not name; each in words that go on a sentence. */
const movesElse = (target: EcsTarget, reading: GroupReading): readonly string[] => {
  const compared: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'service',
      reading.services.map(({ cluster, service }) => `${cluster}/${service}`),
      [`${target.cluster}/${target.service}`],
    ],
    ['target groups', reading.targetGroups, target.targetGroups.map(shortName)],
    ['production listener', reading.productionListeners, [target.productionListener]],
    ['test listener', reading.testListeners, [target.testListener]],
  ];
  return compared.flatMap(([what, found, registered]) =>
    same(found, registered)
      ? []
      : [
          `has the ${what} ${found.join(' and ') || 'of nobody'}, but the registration names ${registered.join(' and ')}`,
        ],
  );
};

/**
 * Whether a deployment group moves what is registered, can hold what the protocol holds, and goes back by itself when
 * nobody drives it.
 */
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
  const platform = PLATFORMS[target.kind];
  if (reading.computePlatform !== platform) {
    return fail(
      wrong(`is one of the platform ${reading.computePlatform}, ${target.name} needs ${platform}`),
    );
  }
  const reasons: Reason[] = [];
  const lacking = EVENTS.filter((event) => !reading.rollbackEvents.includes(event));
  if (lacking.length > 0) reasons.push(wrong(`does not roll back on ${lacking.join(', ')}`));
  const unwatched = target.alarms.filter((alarm) => !reading.alarms.includes(alarm));
  if (unwatched.length > 0) reasons.push(wrong(`does not watch ${unwatched.join(', ')}`));
  if (target.kind === 'ecs') {
    reasons.push(...movesElse(target, reading).map(wrong));
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

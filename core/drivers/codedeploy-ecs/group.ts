import type { Verdict } from '../../release/verdict.ts';
import { checkGroup, type GroupPolicy, type GroupReading } from '../codedeploy/group.ts';
import { targetGroupName } from '../dimensions.ts';
import type { EcsTarget } from './registration.ts';

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
          `has ${found.length === 0 ? `no ${what}` : `the ${what} ${found.join(' and ')}`}, but the registration names ${registered.join(' and ')}`,
        ],
  );
};

const waitsTooLittle = (
  reading: GroupReading,
  { asks, approvalMinutes, guardMinutes }: GroupPolicy,
): readonly string[] => {
  const needed = asks ? approvalMinutes : 0;
  return [
    ...(reading.onReady === 'STOP_DEPLOYMENT'
      ? []
      : ['does not wait at READY: users would meet green before it is proven']),
    ...(reading.readyWaitMinutes > needed
      ? []
      : [`waits ${reading.readyWaitMinutes} minutes at READY, people get ${needed} to approve`]),
    ...(reading.terminationWaitMinutes > guardMinutes
      ? []
      : [
          `keeps blue for ${reading.terminationWaitMinutes} minutes, the guard takes ${guardMinutes}`,
        ]),
  ];
};

/**
 * Whether the deployment group of a service moves what is registered, can hold what the protocol holds, and rolls back
 * by itself when nobody drives it.
 */
export const checkServiceGroup = (
  target: EcsTarget,
  reading: GroupReading,
  policy: GroupPolicy,
): Verdict =>
  checkGroup(target, 'ECS', reading, [
    ...movesElse(target, reading),
    ...waitsTooLittle(reading, policy),
  ]);

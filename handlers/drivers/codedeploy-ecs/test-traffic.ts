import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { createWaiter, WaiterState } from '@smithy/core/client';
import { sharesOf } from '../../../core/drivers/codedeploy-ecs/forwarding.ts';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, pass, type Verdict } from '../../../core/release/verdict.ts';
import { ecs } from '../../aws/ecs.ts';
import { readActions } from './listener.ts';

/** Seconds between two readings of the test listener, and the readings after which it is given up. */
const EVERY_SECONDS = 1;
const READINGS = 24;

/** Readings end the wait. The waiter's own bound is by `Date`, which runs faster in a rehearsal: a day is beyond both. */
const NEVER_SECONDS = 86_400;

/** Readings in a row that must show green: the nodes of a balancer follow some seconds after what can be read. */
const EQUAL = 3;

/** Target group of the task set that a deployment has made. */
const groupOf = async (
  { cluster, service }: EcsTarget,
  deploymentId: string,
): Promise<string | undefined> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  const set = services[0]?.taskSets?.find(({ externalId }) => externalId === deploymentId);
  return set?.loadBalancers?.[0]?.targetGroupArn;
};

/**
 * Waits until the test listener sends all requests to green, the task set of this deployment, and three readings have
 * shown it: before, the target group that it had last answers, and that may be blue. Fails if it does not in time.
 */
export const untilGreenAnswers = async (
  target: EcsTarget,
  deploymentId: string,
): Promise<Verdict> => {
  const refused = (text: string) =>
    fail(reason('traffic-not-moved', text, { target: target.name }));
  const green = await groupOf(target, deploymentId);
  if (!green) {
    return refused(`Deployment ${deploymentId} has no task set in service ${target.service}`);
  }
  let readings = 0;
  let equal = 0;
  const look = async () => {
    const actions = await readActions(target.testListener);
    readings += 1;
    equal = sharesOf(actions, target.targetGroups).get(green) === 100 ? equal + 1 : 0;
    if (equal === EQUAL) return { state: WaiterState.SUCCESS };
    return { state: readings < READINGS ? WaiterState.RETRY : WaiterState.FAILURE };
  };
  const pace = { minDelay: EVERY_SECONDS, maxDelay: EVERY_SECONDS };
  const limits = { client: ecs, maxWaitTime: NEVER_SECONDS, ...pace };
  const { state } = await createWaiter(limits, target, look);
  return state === WaiterState.SUCCESS
    ? pass
    : refused(
        `Test listener ${target.testListener} does not send all requests to green, target group ${green}`,
      );
};

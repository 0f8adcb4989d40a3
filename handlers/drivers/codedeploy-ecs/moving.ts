import { DescribeServicesCommand, type Service, type TaskSet } from '@aws-sdk/client-ecs';
import { isActive } from '../../../core/deployments/observation.ts';
import { ecsAppSpec } from '../../../core/drivers/codedeploy-ecs/app-spec.ts';
import { sharesOf } from '../../../core/drivers/codedeploy-ecs/forwarding.ts';
import { configurationOf } from '../../../core/drivers/curves.ts';
import type { DeploymentObservation } from '../../../core/drivers/deployment.ts';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import type { ReleaseRecord, TargetRecord } from '../../../core/record/record.ts';
import { ecs } from '../../aws/ecs.ts';
import { isPassing } from '../../function/retryable.ts';
import { codedeployCalls } from '../codedeploy/calls.ts';
import { readDeployments } from '../codedeploy/deployment-reading.ts';
import {
  BACKWARD,
  continueWait,
  createOnce,
  FIRST_ATTEMPT,
  forwardOf,
  markerOf,
  readBeside,
  withForward,
} from '../codedeploy/deployments.ts';
import type { TargetDriver } from '../driver.ts';
import { readGreenStart } from './green-start.ts';
import { launchSettingsOf } from './launch-settings.ts';
import { readActions } from './listener.ts';
import { prepareRevision } from './prepare-revision.ts';
import { registerTaskDefinition } from './register-task-definition.ts';
import { serviceOf } from './registration.ts';
import { revisionName } from './task-definition.ts';

const readService = async ({ cluster, service }: EcsTarget): Promise<Service> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  return services[0] ?? {};
};

/** Name of the revision in each target group. */
const groupsOf = (taskSets: readonly TaskSet[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    taskSets
      .filter(({ status }) => status !== 'DRAINING')
      .flatMap(({ taskDefinition = '', loadBalancers = [] }) =>
        loadBalancers.map(({ targetGroupArn = '' }) => [
          targetGroupArn,
          revisionName(taskDefinition),
        ]),
      ),
  );

/** What a target group without tasks serves. */
const NOTHING = 'nothing';

/** How green comes up, from its launch until it is ready; that it cannot be read now blinds nobody. */
const greenOf = async (
  { decision }: ReleaseRecord,
  { shifted }: TargetRecord,
  service: Service,
  forward: DeploymentObservation | undefined,
) => {
  const green = service.taskSets?.find(({ externalId }) => externalId === forward?.id);
  const isComing = isActive(forward) && forward?.state !== 'held-before';
  if (!green || !isComing || shifted || decision !== 'none') return {};
  try {
    return { green: await readGreenStart(service, green) };
  } catch (error) {
    if (!isPassing(error)) throw error;
    return {};
  }
};

const describe = async (record: ReleaseRecord, target: TargetRecord) => {
  const registration = serviceOf(target);
  const [service, actions] = await Promise.all([
    readService(registration),
    readActions(registration.productionListener),
  ]);
  const { taskSets = [] } = service;
  const shares: Record<string, number> = {};
  for (const [group, share] of sharesOf(actions, registration.targetGroups)) {
    if (share <= 0) continue;
    const set = taskSets.find(
      ({ loadBalancers, status }) =>
        status !== 'DRAINING' &&
        loadBalancers?.some(({ targetGroupArn }) => targetGroupArn === group),
    );
    const name = set?.taskDefinition ? revisionName(set.taskDefinition) : NOTHING;
    shares[name] = (shares[name] ?? 0) + share;
  }
  const [live = NOTHING, ...others] = Object.keys(shares);
  const deployments = await readDeployments(target);
  const own = [target.forward, deployments.forward?.rollbackId, ...target.back];
  return {
    live: others.length > 0 ? 'mixed' : live,
    share: shares[target.to?.name ?? ''] ?? 0,
    ...(others.length > 0 ? { shares } : {}),
    groups: groupsOf(taskSets),
    ...deployments,
    ...(await greenOf(record, target, service, deployments.forward)),
    ...(await readBeside(record, target, own)),
  };
};

/** An ECS service behind a balancer, moved by CodeDeploy. */
export const ecsDriver: TargetDriver = {
  ...codedeployCalls,

  async prepare(record, target) {
    const registration = serviceOf(target);
    const service = await readService(registration);
    const primary = service?.taskSets?.find(({ status }) => status === 'PRIMARY');
    const { release } = record;
    const { wanted } = target;
    return {
      ...(await prepareRevision(
        ecs,
        { release, wanted, target: registration },
        primary?.taskDefinition ?? '',
        (definition) => registerTaskDefinition(record, registration, definition),
      )),
      launch: launchSettingsOf(service, primary),
    };
  },

  launch: (record, target) =>
    createOnce(target.registration, markerOf(record, target, 'forward', FIRST_ATTEMPT), {
      appSpec: ecsAppSpec(serviceOf(target), target.to?.ref ?? '', 'forward', target.launch),
      deploymentConfigName: configurationOf('codedeploy-ecs', record.curve).name,
      ...forwardOf(record),
    }),

  shift: async (_record, { forward }) => (forward ? continueWait(forward, 'start') : 'ended'),

  observe: async (record, target) => describe(record, await withForward(record, target)),

  endGuard: async ({ forward }) => {
    if (forward) await continueWait(forward, 'guard');
  },

  redeploy: (record, target, attempt) =>
    createOnce(target.registration, markerOf(record, target, 'rollback', attempt), {
      appSpec: ecsAppSpec(serviceOf(target), target.from?.ref ?? '', 'rollback', target.launch),
      deploymentConfigName: configurationOf('codedeploy-ecs', { type: 'all-at-once' }).name,
      ...BACKWARD,
    }),

  restore: async () => {
    throw new TypeError('a service comes back by a deployment only');
  },
};

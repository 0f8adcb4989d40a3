import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type Service,
  type TaskSet,
} from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ecsAppSpec } from '../../core/appspec.ts';
import { configurationOf } from '../../core/curve.ts';
import { type DeploymentObservation, isActive } from '../../core/observation.ts';
import type { ReleaseRecord, Revision, TargetRecord } from '../../core/record.ts';
import type { EcsTarget } from '../../core/target.ts';
import { isPassing } from '../passing.ts';
import { readGreenStart } from '../reading/green-start.ts';
import { readDeployments } from './deployment-reading.ts';
import {
  BACKWARD,
  continueWait,
  createOnce,
  FIRST_ATTEMPT,
  findForeign,
  forwardOf,
  markerOf,
  withForward,
} from './deployments.ts';
import type { TargetDriver } from './target.ts';
import { cloneWithImage, releaseOf, revisionName } from './task-definition.ts';

const ecs = new ECSClient();
const balancer = new ElasticLoadBalancingV2Client();

const registrationOf = ({ registration }: TargetRecord): EcsTarget => {
  if (registration.kind !== 'ecs') throw new TypeError(`${registration.name} is no ECS service`);
  return registration;
};

const describeTaskDefinition = (taskDefinition: string) =>
  ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));

const serviceOf = async ({ cluster, service }: EcsTarget): Promise<Service> => {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  return services[0] ?? {};
};

const taskSetsOf = async (registration: EcsTarget): Promise<readonly TaskSet[]> =>
  (await serviceOf(registration)).taskSets ?? [];

/** Shares of production traffic by target group, in percent. */
const sharesOf = async ({
  productionListener,
}: EcsTarget): Promise<ReadonlyMap<string, number>> => {
  const { Listeners = [] } = await balancer.send(
    new DescribeListenersCommand({ ListenerArns: [productionListener] }),
  );
  const forward = Listeners[0]?.DefaultActions?.find(({ Type }) => Type === 'forward');
  const groups = forward?.ForwardConfig?.TargetGroups ?? [
    { TargetGroupArn: forward?.TargetGroupArn, Weight: 1 },
  ];
  const total = groups.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  return new Map(
    groups.map(({ TargetGroupArn, Weight = 1 }) => [
      TargetGroupArn ?? '',
      total === 0 ? 0 : (100 * Weight) / total,
    ]),
  );
};

const imageOf = (
  output: Awaited<ReturnType<typeof describeTaskDefinition>>,
  container: string,
): string =>
  output.taskDefinition?.containerDefinitions?.find(({ name }) => name === container)?.image ?? '';

const revisionOf = (arn: string, image: string): Revision => ({
  name: revisionName(arn),
  ref: arn,
  ...(image.includes('@') ? { digest: image.slice(image.indexOf('@') + 1) } : {}),
});

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

/** How green comes up, from its launch until it is ready; that it cannot be read now blinds nobody. */
const greenOf = async (
  { decision }: ReleaseRecord,
  { shifted }: TargetRecord,
  service: Service,
  forward: DeploymentObservation | undefined,
) => {
  const green = service.taskSets?.find(({ externalId }) => externalId === forward?.id);
  const isComing = isActive(forward) && forward?.status !== 'Ready';
  if (!green || !isComing || shifted || decision !== 'none') return {};
  try {
    return { green: await readGreenStart(service, green) };
  } catch (error) {
    if (!isPassing(error)) throw error;
    return {};
  }
};

const describe = async (record: ReleaseRecord, target: TargetRecord) => {
  const registration = registrationOf(target);
  const [service, shares] = await Promise.all([serviceOf(registration), sharesOf(registration)]);
  const { taskSets = [] } = service;
  const served = [...shares].flatMap(([group, share]) => {
    const set = taskSets.find(
      ({ loadBalancers, status }) =>
        status !== 'DRAINING' &&
        loadBalancers?.some(({ targetGroupArn }) => targetGroupArn === group),
    );
    return share > 0 ? [{ share, taskDefinition: set?.taskDefinition }] : [];
  });
  const revisions = new Set(served.map(({ taskDefinition }) => taskDefinition));
  const only = revisions.size === 1 ? [...revisions][0] : undefined;
  const share = served
    .filter(
      ({ taskDefinition }) => taskDefinition !== undefined && taskDefinition === target.to?.ref,
    )
    .reduce((sum, one) => sum + one.share, 0);
  const deployments = await readDeployments(target);
  const foreign = await findForeign(registration, record.release, [
    target.forward,
    deployments.forward?.rollbackId,
    ...target.back,
  ]);
  return {
    live: only ? revisionName(only) : revisions.size === 0 ? 'nothing' : 'mixed',
    share,
    groups: groupsOf(taskSets),
    ...deployments,
    ...(await greenOf(record, target, service, deployments.forward)),
    ...(foreign ? { foreign } : {}),
  };
};

/** An ECS service behind a balancer, moved by CodeDeploy. */
export const ecsDriver: TargetDriver = {
  async prepare(record, target) {
    const registration = registrationOf(target);
    const primary = (await taskSetsOf(registration)).find(({ status }) => status === 'PRIMARY');
    const running = await describeTaskDefinition(primary?.taskDefinition ?? '');
    const arn = running.taskDefinition?.taskDefinitionArn ?? '';
    const from = revisionOf(arn, imageOf(running, registration.container));
    const image = 'image' in target.wanted ? target.wanted.image : '';
    if (imageOf(running, registration.container) === image) return { from, to: from };

    // A retried step finds the revision that its first try registered: the newest of the family, with our tag.
    const newest = await describeTaskDefinition(running.taskDefinition?.family ?? '');
    if (releaseOf(newest.tags) === record.release) {
      return { from, to: revisionOf(newest.taskDefinition?.taskDefinitionArn ?? '', image) };
    }
    const { taskDefinition } = await ecs.send(
      new RegisterTaskDefinitionCommand(
        cloneWithImage(running, registration.container, image, record.release),
      ),
    );
    return { from, to: revisionOf(taskDefinition?.taskDefinitionArn ?? '', image) };
  },

  launch: (record, target) =>
    createOnce(target.registration, markerOf(record, target, 'forward', FIRST_ATTEMPT), {
      appSpec: ecsAppSpec(registrationOf(target), target.to?.ref ?? '', 'forward'),
      deploymentConfigName: configurationOf('ecs', record.curve).name,
      ...forwardOf(record),
    }),

  shift: async (_record, { forward }) => {
    if (forward) await continueWait(forward, 'READY_WAIT');
  },

  observe: async (record, target) => describe(record, await withForward(record, target)),

  endGuard: async ({ forward }) => {
    if (forward) await continueWait(forward, 'TERMINATION_WAIT');
  },

  redeploy: (record, target, attempt) =>
    createOnce(target.registration, markerOf(record, target, 'rollback', attempt), {
      appSpec: ecsAppSpec(registrationOf(target), target.from?.ref ?? '', 'rollback'),
      deploymentConfigName: configurationOf('ecs', { type: 'all-at-once' }).name,
      ...BACKWARD,
    }),

  restore: async () => {
    throw new TypeError('a service comes back by a deployment only');
  },
};

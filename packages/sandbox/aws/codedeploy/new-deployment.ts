/** How a deployment comes into the record of its Region. */
import type { Cloud } from '../../cloud.ts';
import { pendingEvents } from './engine/lifecycle.ts';
import type { DeploymentRecord, RegionRecord, TargetProgress } from './records.ts';

/** What a deployment is made of; the rest follows from it. */
export type DeploymentPlan = Pick<
  DeploymentRecord,
  | 'group'
  | 'settings'
  | 'config'
  | 'appSpec'
  | 'revision'
  | 'description'
  | 'creator'
  | 'autoRollback'
  | 'overrideAlarms'
  | 'rollbackOf'
>;

/** Adds a deployment with the status Created; nothing runs yet. */
export const addDeployment = (
  cloud: Cloud,
  record: RegionRecord,
  plan: DeploymentPlan,
): DeploymentRecord => {
  const createTime = new Date(cloud.clock.now());
  const { group, settings } = plan;
  const { platform } = group.application;
  const pair = settings.loadBalancerInfo?.targetGroupPairInfoList?.[0];
  const deployment: DeploymentRecord = {
    ...plan,
    id: `d-${cloud.id(9)}`,
    region: record.region,
    platform,
    previousRevision: group.lastSuccessful?.revision,
    createTime,
    events: pendingEvents(platform, Boolean(pair?.testTrafficRoute?.listenerArns?.length)),
    hooks: new Map(),
    status: 'Created',
    terminationWaitStarted: false,
    target: emptyProgress(platform, createTime),
  };
  record.deployments.set(deployment.id, deployment);
  group.lastAttempted = deployment;
  return deployment;
};

const emptyProgress = (platform: 'ECS' | 'Lambda', updatedAt: Date): TargetProgress =>
  platform === 'ECS'
    ? { kind: 'ECS', updatedAt }
    : { kind: 'Lambda', updatedAt, targetVersionWeight: 0 };

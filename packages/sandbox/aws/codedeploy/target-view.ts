/** The target of a deployment as GetDeploymentTarget, BatchGetDeploymentTargets and ListDeploymentTargets show it. */
import type {
  DeploymentTarget,
  ECSTaskSet,
  LambdaFunctionInfo,
  TargetStatus,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { outsideOf } from '../../value-set.ts';
import type { LambdaAppSpec } from './appspec.ts';
import { arnsOf } from './arns.ts';
import { serviceOf } from './engine/task-sets.ts';
import { findDeployment } from './lookup.ts';
import type { DeploymentRecord, EcsProgress, RegionRecord, TaskSetProgress } from './records.ts';

const MOST_IN_BATCH = 25;

const STATUSES = [
  'Failed',
  'InProgress',
  'Pending',
  'Ready',
  'Skipped',
  'Succeeded',
  'Unknown',
] satisfies TargetStatus[];

/** Operations that read what a deployment deploys to. ECS and Lambda deployments have one target. */
export const targetOperations = (
  cloud: Cloud,
  recordOf: (region: string) => RegionRecord,
): Record<string, Operation> => {
  const started = (region: string, id: string | undefined): DeploymentRecord => {
    const deployment = findDeployment(recordOf(region), id);
    if (deployment.startTime) return deployment;
    throw new AwsError('DeploymentNotStartedException', `The deployment ${id} has not started`);
  };

  const target = (deployment: DeploymentRecord, targetId: string | undefined): DeploymentTarget => {
    if (!targetId)
      throw new AwsError('DeploymentTargetIdRequiredException', 'A target ID is required');
    if (targetId !== targetIdOf(deployment)) {
      throw new AwsError(
        'DeploymentTargetDoesNotExistException',
        `The target ${targetId} does not belong to the deployment ${deployment.id}`,
      );
    }
    const common = {
      deploymentId: deployment.id,
      targetId,
      targetArn: arnsOf(cloud.account).target(deployment.region, deployment.id, targetId),
      lastUpdatedAt: deployment.target.updatedAt,
      lifecycleEvents: deployment.events.map((event) => ({ ...event })),
      status: statusOf(deployment),
    };
    return deployment.target.kind === 'ECS'
      ? {
          deploymentTargetType: 'ECSTarget',
          ecsTarget: { ...common, taskSetsInfo: taskSets(deployment.target) },
        }
      : {
          deploymentTargetType: 'LambdaTarget',
          lambdaTarget: {
            ...common,
            lambdaFunctionInfo: functionInfo(
              deployment.appSpec as LambdaAppSpec,
              deployment.target.targetVersionWeight,
            ),
          },
        };
  };

  return {
    GetDeploymentTarget: (input, { region }) => ({
      deploymentTarget: target(started(region, input.deploymentId), input.targetId),
    }),

    BatchGetDeploymentTargets: (input, { region }) => {
      const deployment = started(region, input.deploymentId);
      const ids: readonly string[] = input.targetIds ?? [];
      if (ids.length === 0) {
        throw new AwsError('DeploymentTargetIdRequiredException', 'A target ID is required');
      }
      if (ids.length > MOST_IN_BATCH) {
        throw new AwsError(
          'DeploymentTargetListSizeExceededException',
          `At most ${MOST_IN_BATCH} targets can be asked for at once`,
        );
      }
      return { deploymentTargets: ids.map((id) => target(deployment, id)) };
    },

    ListDeploymentTargets: (input, { region }) => {
      const deployment = started(region, input.deploymentId);
      const filters: Readonly<Record<string, readonly string[]>> = input.targetFilters ?? {};
      const unknown = Object.keys(filters).find(
        (name) => name !== 'TargetStatus' && name !== 'ServerInstanceLabel',
      );
      if (unknown !== undefined) {
        throw new AwsError('InvalidTargetFilterNameException', `Unknown target filter: ${unknown}`);
      }
      const complaint = filters.TargetStatus?.map((status) =>
        outsideOf(STATUSES, 'targetFilters.TargetStatus', status),
      ).find(Boolean);
      if (complaint) throw new AwsError('InvalidInstanceStatusException', complaint);
      const shown = filters.TargetStatus?.includes(statusOf(deployment)) ?? true;
      return { targetIds: shown ? [targetIdOf(deployment)] : [] };
    },
  };
};

/** `<cluster>:<service>` or the name of the function. */
const targetIdOf = (deployment: DeploymentRecord): string => {
  if (deployment.appSpec.kind === 'Lambda') return deployment.appSpec.functionName;
  const { cluster, service } = serviceOf(deployment);
  return `${cluster}:${service}`;
};

const statusOf = ({ status }: DeploymentRecord): TargetStatus => {
  if (status === 'Created' || status === 'Queued') return 'Pending';
  if (status === 'Baking') return 'InProgress';
  return status === 'Stopped' ? 'Failed' : status;
};

const taskSets = ({ blue, green }: EcsProgress): ECSTaskSet[] => [
  ...(green ? [taskSet(green, 'Green')] : []),
  ...(blue ? [taskSet(blue, 'Blue')] : []),
];

/** `identifer` is AWS's spelling. */
const taskSet = (
  { id, targetGroup, ...counts }: TaskSetProgress,
  taskSetLabel: 'Blue' | 'Green',
): ECSTaskSet => ({
  identifer: id,
  ...counts,
  targetGroup: { name: targetGroup.name },
  taskSetLabel,
});

const functionInfo = (spec: LambdaAppSpec, targetVersionWeight: number): LambdaFunctionInfo => ({
  functionName: spec.functionName,
  functionAlias: spec.alias,
  currentVersion: spec.currentVersion,
  targetVersion: spec.targetVersion,
  targetVersionWeight,
});

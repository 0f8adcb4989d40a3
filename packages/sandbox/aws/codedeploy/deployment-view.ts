/** Deployments as GetDeployment, BatchGetDeployments and ListDeployments show them. */
import type {
  DeploymentInfo,
  DeploymentOverview,
  DeploymentStatus,
  ListDeploymentsInput,
  RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import {
  applicationName,
  deploymentId,
  findApplication,
  findDeployment,
  findGroup,
  groupName,
} from './lookup.ts';
import { paging } from './paging.ts';
import type { DeploymentRecord, RegionRecord } from './records.ts';

const MOST_IN_BATCH = 25;
const STATUSES: ReadonlySet<string> = new Set<DeploymentStatus>([
  'Created',
  'Queued',
  'InProgress',
  'Baking',
  'Succeeded',
  'Failed',
  'Stopped',
  'Ready',
]);

/** A revision without its content, which AWS never gives back with a deployment. */
export const shownRevision = ({
  revisionType,
  appSpecContent,
}: RevisionLocation): RevisionLocation => ({
  revisionType,
  appSpecContent: {
    content: null as unknown as undefined,
    sha256: appSpecContent?.sha256,
  },
});

/** Operations that read deployments. */
export const viewOperations = (
  { clock, quirks }: Cloud,
  recordOf: (region: string) => RegionRecord,
): Record<string, Operation> => ({
  GetDeployment: (input, { region }) => ({
    deploymentInfo: shown(findDeployment(recordOf(region), input.deploymentId), clock.now()),
  }),

  BatchGetDeployments: (input, { region }) => {
    const ids: readonly string[] = (input.deploymentIds ?? []).map(deploymentId);
    if (ids.length === 0) deploymentId(undefined);
    if (ids.length > MOST_IN_BATCH) {
      throw new AwsError(
        'BatchLimitExceededException',
        `At most ${MOST_IN_BATCH} deployments can be asked for at once`,
      );
    }
    const { deployments } = recordOf(region);
    return {
      deploymentsInfo: ids.flatMap((id) => {
        const deployment = deployments.get(id);
        return deployment ? [shown(deployment, clock.now())] : [];
      }),
    };
  },

  ListDeployments: (input: ListDeploymentsInput, { region }) => {
    const record = recordOf(region);
    const group = groupOf(record, input);
    const statuses: readonly string[] = input.includeOnlyStatuses ?? [];
    const unknown = statuses.find((status) => !STATUSES.has(status));
    if (unknown !== undefined) {
      throw new AwsError(
        'InvalidDeploymentStatusException',
        `Unknown deployment status: ${unknown}`,
      );
    }
    const { start, end } = input.createTimeRange ?? {};
    if (start && end && start > end) {
      throw new AwsError('InvalidTimeRangeException', 'The time range ends before it starts');
    }
    const ids = [...record.deployments.values()]
      .filter((deployment) => !group || deployment.group === group)
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
      .filter(({ createTime }) => (!start || createTime >= start) && (!end || createTime <= end))
      .filter(() => input.externalId === undefined)
      .map(({ id }) => id)
      .reverse();
    if (quirks.listDeployments === 'in-no-order') ids.sort();
    const { items, next } = page(paging, ids, input);
    return { deployments: items, ...next };
  },
});

/** Application and group are named together or not at all. */
const groupOf = (record: RegionRecord, input: ListDeploymentsInput) => {
  if (input.applicationName === undefined && input.deploymentGroupName === undefined)
    return undefined;
  applicationName(input.applicationName);
  groupName(input.deploymentGroupName);
  return findGroup(findApplication(record, input.applicationName), input.deploymentGroupName);
};

const shown = (deployment: DeploymentRecord, now: number): DeploymentInfo => {
  const isLinked = deployment.rollbackInfo && now >= (deployment.rollbackInfoShownFrom ?? 0);
  const { group, settings, config, revision, previousRevision } = deployment;
  return {
    applicationName: group.application.name,
    deploymentGroupName: group.info.deploymentGroupName,
    deploymentConfigName: config.deploymentConfigName,
    deploymentId: deployment.id,
    ...(previousRevision && { previousRevision: shownRevision(previousRevision) }),
    revision: shownRevision(revision),
    status: deployment.status,
    ...(deployment.error && { errorInformation: deployment.error }),
    createTime: deployment.createTime,
    ...(deployment.startTime && { startTime: deployment.startTime }),
    ...(deployment.completeTime && { completeTime: deployment.completeTime }),
    deploymentOverview: overview(deployment.status),
    ...(deployment.description !== undefined && { description: deployment.description }),
    creator: deployment.creator,
    ignoreApplicationStopFailures: false,
    autoRollbackConfiguration: deployment.autoRollback ?? settings.autoRollbackConfiguration,
    updateOutdatedInstancesOnly: false,
    ...(isLinked && { rollbackInfo: deployment.rollbackInfo }),
    deploymentStyle: settings.deploymentStyle,
    instanceTerminationWaitTimeStarted: deployment.terminationWaitStarted,
    blueGreenDeploymentConfiguration: settings.blueGreenDeploymentConfiguration,
    loadBalancerInfo: settings.loadBalancerInfo,
    fileExistsBehavior: 'DISALLOW',
    deploymentStatusMessages: [],
    computePlatform: deployment.platform,
    ...(deployment.overrideAlarms && { overrideAlarmConfiguration: deployment.overrideAlarms }),
  };
};

const COUNTED_AS: Readonly<Record<DeploymentStatus, keyof DeploymentOverview>> = {
  Created: 'Pending',
  Queued: 'Pending',
  InProgress: 'InProgress',
  Baking: 'InProgress',
  Ready: 'Ready',
  Succeeded: 'Succeeded',
  Failed: 'Failed',
  Stopped: 'Failed',
};

const overview = (status: DeploymentStatus): DeploymentOverview => ({
  Pending: 0,
  InProgress: 0,
  Succeeded: 0,
  Failed: 0,
  Skipped: 0,
  Ready: 0,
  [COUNTED_AS[status]]: 1,
});

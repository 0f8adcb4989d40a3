/** Deployment groups: what is deployed to, by which rules. */
import type {
  CreateDeploymentGroupInput,
  DeploymentGroupInfo,
  UpdateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { findConfigFor } from './deployment-configs.ts';
import { shownRevision } from './deployment-view.ts';
import { CODEDEPLOY } from './engine/acting.ts';
import { checkGroup } from './group-rules.ts';
import { findApplication, findGroup, groupName } from './lookup.ts';
import { paging } from './paging.ts';
import type { ApplicationRecord, DeploymentRecord, GroupRecord, RegionRecord } from './records.ts';
import { checkServiceRole } from './service-roles.ts';
import { uuid } from './uuid.ts';

const MOST_IN_BATCH = 100;

/** Operations on deployment groups. */
export const groupOperations = (
  cloud: Cloud,
  recordOf: (region: string) => RegionRecord,
): Record<string, Operation> => {
  const check = async (
    region: string,
    application: ApplicationRecord,
    info: DeploymentGroupInfo,
    current?: GroupRecord,
  ) => {
    const { platform } = application;
    checkGroup(
      platform,
      info,
      findConfigFor(recordOf(region), platform, info.deploymentConfigName),
    );
    await checkServiceRole(cloud, region, info.serviceRoleArn as string);
    if (platform === 'ECS') await checkEcsService(region, info, current);
  };

  const checkEcsService = async (
    region: string,
    info: DeploymentGroupInfo,
    current: GroupRecord | undefined,
  ) => {
    const { clusterName: cluster, serviceName } = info.ecsServices?.[0] ?? {};
    const taken = allGroups(recordOf(region)).find(
      (group) =>
        group !== current &&
        group.info.ecsServices?.some(
          (service) => service.clusterName === cluster && service.serviceName === serviceName,
        ),
    );
    if (taken) {
      throw new AwsError(
        'ECSServiceMappingLimitExceededException',
        `The ECS service ${serviceName} is already associated with the deployment group ${taken.info.deploymentGroupName}`,
      );
    }
    const { services = [] } = await cloud
      .call({
        principal: CODEDEPLOY,
        region,
        service: 'ecs',
        operation: 'DescribeServices',
        input: { cluster, services: [serviceName] },
      })
      .catch((error) => {
        throw new AwsError('InvalidECSServiceException', (error as Error).message);
      });
    const [service] = services;
    if (!service || service.status === 'INACTIVE') {
      throw new AwsError(
        'InvalidECSServiceException',
        `The ECS service ${serviceName} does not exist in the cluster ${cluster}`,
      );
    }
    if (service.deploymentController?.type !== 'CODE_DEPLOY') {
      throw new AwsError(
        'InvalidECSServiceException',
        `The deployment controller of the ECS service ${serviceName} must be CODE_DEPLOY`,
      );
    }
  };

  return {
    CreateDeploymentGroup: async (input: CreateDeploymentGroupInput, { region }) => {
      const application = findApplication(recordOf(region), input.applicationName);
      const name = groupName(input.deploymentGroupName);
      const { tags = [], ...settings } = input;
      const deploymentGroupId = uuid(cloud);
      const info = {
        outdatedInstancesStrategy: 'UPDATE',
        ...settings,
        autoScalingGroups: (input.autoScalingGroups ?? []).map((name) => ({ name })),
        deploymentGroupId,
        deploymentGroupName: name,
        computePlatform: application.platform,
      } satisfies DeploymentGroupInfo;
      await check(region, application, info);
      if (application.groups.has(name)) {
        throw new AwsError(
          'DeploymentGroupAlreadyExistsException',
          `Deployment group name already exists: ${name}`,
        );
      }
      application.groups.set(name, { application, tags, info });
      return { deploymentGroupId };
    },

    UpdateDeploymentGroup: async (input: UpdateDeploymentGroupInput, { region }) => {
      const application = findApplication(recordOf(region), input.applicationName);
      const group = findGroup(application, input.currentDeploymentGroupName);
      const oldName = group.info.deploymentGroupName;
      const name = groupName(input.newDeploymentGroupName ?? oldName);
      const { currentDeploymentGroupName, newDeploymentGroupName, autoScalingGroups, ...changes } =
        input;
      const info = {
        ...group.info,
        ...changes,
        ...(autoScalingGroups && {
          autoScalingGroups: autoScalingGroups.map((name) => ({ name })),
        }),
        deploymentGroupName: name,
      };
      await check(region, application, info, group);
      if (name !== oldName && application.groups.has(name)) {
        throw new AwsError(
          'DeploymentGroupAlreadyExistsException',
          `Deployment group name already exists: ${name}`,
        );
      }
      application.groups.delete(oldName);
      application.groups.set(name, group);
      group.info = info;
      return { hooksNotCleanedUp: [] };
    },

    GetDeploymentGroup: (input, { region }) => ({
      deploymentGroupInfo: shown(
        findGroup(
          findApplication(recordOf(region), input.applicationName),
          input.deploymentGroupName,
        ),
      ),
    }),

    BatchGetDeploymentGroups: (input, { region }) => {
      const application = findApplication(recordOf(region), input.applicationName);
      const names: readonly string[] = (input.deploymentGroupNames ?? []).map(groupName);
      if (names.length === 0) groupName(undefined);
      if (names.length > MOST_IN_BATCH) {
        throw new AwsError(
          'BatchLimitExceededException',
          `At most ${MOST_IN_BATCH} deployment groups can be asked for at once`,
        );
      }
      const missing = names.filter((name) => !application.groups.has(name));
      return {
        deploymentGroupsInfo: names.flatMap((name) => {
          const group = application.groups.get(name);
          return group ? [shown(group)] : [];
        }),
        ...(missing.length > 0 && {
          errorMessage: `No Deployment Group found for name: ${missing.join(', ')}`,
        }),
      };
    },

    ListDeploymentGroups: ({ nextToken, ...input }, { region }) => {
      const application = findApplication(recordOf(region), input.applicationName);
      const { items, next } = page(paging, [...application.groups.keys()], { nextToken });
      return { applicationName: application.name, deploymentGroups: items, ...next };
    },
  };
};

const allGroups = ({ applications }: RegionRecord): readonly GroupRecord[] =>
  [...applications.values()].flatMap(({ groups }) => [...groups.values()]);

const shown = ({ info, lastAttempted, lastSuccessful }: GroupRecord): DeploymentGroupInfo => ({
  ...info,
  ...(lastSuccessful && {
    lastSuccessfulDeployment: lastInfo(lastSuccessful),
    targetRevision: shownRevision(lastSuccessful.revision),
  }),
  ...(lastAttempted && { lastAttemptedDeployment: lastInfo(lastAttempted) }),
});

const lastInfo = ({ id, status, createTime, completeTime }: DeploymentRecord) => ({
  deploymentId: id,
  status,
  createTime,
  ...(completeTime && { endTime: completeTime }),
});

/** CreateDeployment: everything that AWS checks before a deployment exists. */
import type { CreateDeploymentInput } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { parseAppSpec } from './appspec.ts';
import { findConfigFor } from './deployment-configs.ts';
import type { Engine } from './engine/engine.ts';
import { checkAlarms, checkAutoRollback } from './group-rules.ts';
import { findApplication, findGroup } from './lookup.ts';
import { addDeployment } from './new-deployment.ts';
import { activeDeployment, type RegionRecord } from './records.ts';
import { checkDescription, registerRevision, shaOf } from './revisions.ts';
import { checkServiceRole } from './service-roles.ts';

/** The operation that starts deployments. It has no client token: calling it twice means it twice. */
export const deploymentOperations = (
  cloud: Cloud,
  recordOf: (region: string) => RegionRecord,
  engine: Engine,
): Record<string, Operation> => ({
  CreateDeployment: async (input: CreateDeploymentInput, { region }) => {
    const record = recordOf(region);
    const application = findApplication(record, input.applicationName);
    const group = findGroup(application, input.deploymentGroupName);
    const { platform } = application;
    checkDescription(input.description);
    refuseServerMembers(input);
    checkAlarms(input.overrideAlarmConfiguration);
    checkAutoRollback(input.autoRollbackConfiguration);
    const config = findConfigFor(
      record,
      platform,
      input.deploymentConfigName ?? group.info.deploymentConfigName,
    );
    const { location, info } = registerRevision(cloud, application, input.revision);
    await checkServiceRole(cloud, region, group.info.serviceRoleArn as string);

    // From here to the new record nothing is awaited: of two callers, one gets the group.
    const active = activeDeployment(record, group);
    if (active) {
      throw new AwsError(
        'DeploymentLimitExceededException',
        `The Deployment Group '${group.info.deploymentGroupName}' already has an active Deployment '${active.id}'`,
      );
    }
    const deployment = addDeployment(cloud, record, {
      group,
      settings: group.info,
      config,
      appSpec: parseAppSpec(platform, location.appSpecContent?.content as string),
      revision: location,
      description: input.description,
      creator: 'user',
      autoRollback: input.autoRollbackConfiguration,
      overrideAlarms: input.overrideAlarmConfiguration,
      rollbackOf: undefined,
    });
    application.revisions.set(shaOf(location) as string, {
      location,
      info: {
        ...info,
        firstUsedTime: info.firstUsedTime ?? deployment.createTime,
        lastUsedTime: deployment.createTime,
      },
    });
    engine.start(deployment);
    return { deploymentId: deployment.id };
  },
});

const refuseServerMembers = (input: CreateDeploymentInput) => {
  const refuse = (name: string, member: string) => {
    throw new AwsError(name, `${member} is not for ECS and Lambda deployments`);
  };
  if (input.targetInstances) refuse('InvalidTargetInstancesException', 'targetInstances');
  if (input.updateOutdatedInstancesOnly) {
    refuse('InvalidUpdateOutdatedInstancesOnlyValueException', 'updateOutdatedInstancesOnly');
  }
  if (input.ignoreApplicationStopFailures) {
    refuse('InvalidIgnoreApplicationStopFailuresValueException', 'ignoreApplicationStopFailures');
  }
};

import {
  ApplicationDoesNotExistException,
  DeploymentGroupDoesNotExistException,
  GetDeploymentGroupCommand,
  ListDeploymentConfigsCommand,
} from '@aws-sdk/client-codedeploy';
import type { GroupReading } from '../../../core/drivers/codedeploy/group.ts';
import type { Target } from '../../../core/drivers/target.ts';
import { codedeploy } from '../../aws/codedeploy.ts';

const NOTHING: GroupReading = {
  exists: false,
  computePlatform: '',
  services: [],
  targetGroups: [],
  productionListeners: [],
  testListeners: [],
  onReady: '',
  readyWaitMinutes: 0,
  terminationWaitMinutes: 0,
  alarms: [],
  rollbackEvents: [],
};

/** Reads the settings of a deployment group that the protocol depends on. */
export const readGroup = async (target: Target): Promise<GroupReading> => {
  try {
    const { deploymentGroupInfo: group = {} } = await codedeploy.send(
      new GetDeploymentGroupCommand({
        applicationName: target.application,
        deploymentGroupName: target.deploymentGroup,
      }),
    );
    const [pair] = group.loadBalancerInfo?.targetGroupPairInfoList ?? [];
    const blueGreen = group.blueGreenDeploymentConfiguration;
    return {
      exists: true,
      computePlatform: group.computePlatform ?? '',
      services: (group.ecsServices ?? []).map(({ clusterName = '', serviceName = '' }) => ({
        cluster: clusterName,
        service: serviceName,
      })),
      targetGroups: (pair?.targetGroups ?? []).map(({ name = '' }) => name),
      productionListeners: pair?.prodTrafficRoute?.listenerArns ?? [],
      testListeners: pair?.testTrafficRoute?.listenerArns ?? [],
      onReady: blueGreen?.deploymentReadyOption?.actionOnTimeout ?? 'CONTINUE_DEPLOYMENT',
      readyWaitMinutes: blueGreen?.deploymentReadyOption?.waitTimeInMinutes ?? 0,
      terminationWaitMinutes:
        blueGreen?.terminateBlueInstancesOnDeploymentSuccess?.terminationWaitTimeInMinutes ?? 0,
      alarms: group.alarmConfiguration?.enabled
        ? (group.alarmConfiguration.alarms ?? []).flatMap(({ name }) => name ?? [])
        : [],
      rollbackEvents: group.autoRollbackConfiguration?.enabled
        ? (group.autoRollbackConfiguration.events ?? [])
        : [],
    };
  } catch (error) {
    if (
      error instanceof DeploymentGroupDoesNotExistException ||
      error instanceof ApplicationDoesNotExistException
    ) {
      return NOTHING;
    }
    throw error;
  }
};

/** Names of all deployment configurations of the account. */
export const configurationNames = async (): Promise<readonly string[]> => {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await codedeploy.send(
      new ListDeploymentConfigsCommand(nextToken ? { nextToken } : {}),
    );
    names.push(...(page.deploymentConfigsList ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return names;
};

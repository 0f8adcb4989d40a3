/** The CodeDeploy application and deployment group of each half, with everything a held, watched release needs. */
import {
  CfnApplication,
  CfnDeploymentGroup,
  type CfnDeploymentGroupProps,
} from 'aws-cdk-lib/aws-codedeploy';
import type { Construct } from 'constructs';
import { FOREIGN_DEPLOYMENTS_TAG } from '../../core/drivers/codedeploy/hooks.ts';
import { guardWaitMinutes, type Policy, startWaitMinutes } from '../../core/release/policy.ts';
import type { EcsHalf, LambdaHalf } from './props.ts';
import { ecsServiceRole, lambdaServiceRole } from './service-roles.ts';

/** What both groups of a pair have in common. */
export interface GroupSettings {
  /** Name of the application and of its group. */
  readonly name: string;
  /** Name of the configuration that follows the pair's curve; each deployment may name another. */
  readonly configuration: string;
  readonly policy: Policy;
  /** The same list on every group of a pair: should Tandem be away, both halves still roll back together. */
  readonly alarms: readonly string[];
}

const blueGreen = {
  deploymentType: 'BLUE_GREEN',
  deploymentOption: 'WITH_TRAFFIC_CONTROL',
};

const rollBack = {
  enabled: true,
  events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
};

const watch = (alarms: readonly string[]) => ({
  enabled: true,
  // An alarm that cannot be read is no green light.
  ignorePollAlarmFailure: false,
  alarms: alarms.map((name) => ({ name })),
});

const groupOf = (
  scope: Construct,
  computePlatform: 'ECS' | 'Lambda',
  { name, configuration, alarms, policy }: GroupSettings,
  own: Pick<CfnDeploymentGroupProps, 'serviceRoleArn'> & Partial<CfnDeploymentGroupProps>,
) =>
  new CfnDeploymentGroup(scope, 'Group', {
    applicationName: new CfnApplication(scope, 'Application', {
      applicationName: name,
      computePlatform,
    }).ref,
    deploymentGroupName: name,
    deploymentConfigName: configuration,
    deploymentStyle: blueGreen,
    autoRollbackConfiguration: rollBack,
    alarmConfiguration: watch(alarms),
    ...(policy.foreignDeployments === 'allow'
      ? { tags: [{ key: FOREIGN_DEPLOYMENTS_TAG, value: 'allow' }] }
      : {}),
    ...own,
  });

/** Group of an ECS half: green waits for our word at READY, blue waits for it after the shift. */
export const ecsGroup = (scope: Construct, half: EcsHalf, settings: GroupSettings) =>
  groupOf(scope, 'ECS', settings, {
    serviceRoleArn: ecsServiceRole(scope, half).roleArn,
    ecsServices: [
      { clusterName: half.service.cluster.clusterName, serviceName: half.service.serviceName },
    ],
    loadBalancerInfo: {
      targetGroupPairInfoList: [
        {
          targetGroups: [{ name: half.blue.targetGroupName }, { name: half.green.targetGroupName }],
          prodTrafficRoute: { listenerArns: [half.productionListener.listenerArn] },
          testTrafficRoute: { listenerArns: [half.testListener.listenerArn] },
        },
      ],
    },
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: {
        actionOnTimeout: 'STOP_DEPLOYMENT',
        waitTimeInMinutes: startWaitMinutes(settings.policy),
      },
      terminateBlueInstancesOnDeploymentSuccess: {
        action: 'TERMINATE',
        terminationWaitTimeInMinutes: guardWaitMinutes(settings.policy),
      },
    },
  });

/** Group of a Lambda half. */
export const lambdaGroup = (scope: Construct, half: LambdaHalf, settings: GroupSettings) =>
  groupOf(scope, 'Lambda', settings, {
    serviceRoleArn: lambdaServiceRole(scope, half).roleArn,
  });

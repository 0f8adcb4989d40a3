/** What AWS demands of a deployment group of the ECS or the Lambda platform. */
import type {
  AlarmConfiguration,
  AutoRollbackConfiguration,
  DeploymentConfigInfo,
  DeploymentGroupInfo,
  LoadBalancerInfo,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Platform } from './appspec.ts';

/** Alarms of one group (model: "a maximum of 10 alarms can be added"). */
const MOST_ALARMS = 10;
/** Minutes that the original task set may be kept. */
const LONGEST_TERMINATION_WAIT = 2880;
const ROLLBACK_EVENTS: ReadonlySet<string> = new Set([
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
]);

const refuse = (name: string, message: string): never => {
  throw new AwsError(`${name}Exception`, message);
};

/** Refuses alarms that are enabled without a list, too many, nameless or named twice. */
export const checkAlarms = (configuration: AlarmConfiguration | undefined): void => {
  if (!configuration) return;
  const names = (configuration.alarms ?? []).map(({ name }) => name);
  if (configuration.enabled && names.length === 0) {
    refuse('InvalidAlarmConfig', 'Alarms are enabled but the list of alarms is empty');
  }
  if (names.length > MOST_ALARMS) {
    refuse('AlarmsLimitExceeded', `A deployment group can have at most ${MOST_ALARMS} alarms`);
  }
  if (names.some((name) => !name || name.length > 255)) {
    refuse('InvalidAlarmConfig', 'The name of an alarm is empty or too long');
  }
  if (new Set(names).size < names.length) {
    refuse('InvalidAlarmConfig', 'Two alarms have the same name');
  }
};

/** Refuses automatic rollback that is enabled without events, or on an event that does not exist. */
export const checkAutoRollback = (configuration: AutoRollbackConfiguration | undefined): void => {
  if (!configuration) return;
  const events: readonly string[] = configuration.events ?? [];
  const unknown = events.find((event) => !ROLLBACK_EVENTS.has(event));
  if (unknown !== undefined) {
    refuse('InvalidAutoRollbackConfig', `Unknown event of automatic rollback: ${unknown}`);
  }
  if (configuration.enabled && events.length === 0) {
    refuse('InvalidAutoRollbackConfig', 'Automatic rollback is enabled without an event');
  }
};

/** Refuses a group whose structure does not fit its platform, or its listener the traffic routing. */
export const checkGroup = (
  platform: Platform,
  group: DeploymentGroupInfo,
  { trafficRoutingConfig }: DeploymentConfigInfo,
): void => {
  checkRole(group.serviceRoleArn);
  checkStyle(group);
  checkAlarms(group.alarmConfiguration);
  checkAutoRollback(group.autoRollbackConfiguration);
  if (platform === 'Lambda') checkLambda(group);
  else checkEcs(group, trafficRoutingConfig?.type !== 'AllAtOnce');
};

const checkRole = (arn: string | undefined) => {
  if (!arn) refuse('RoleRequired', 'The service role is required');
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(arn as string)) {
    refuse('InvalidRole', `The service role is invalid: ${arn}`);
  }
};

const checkStyle = ({ deploymentStyle }: DeploymentGroupInfo) => {
  const { deploymentType, deploymentOption } = deploymentStyle ?? {};
  if (!deploymentType || !deploymentOption) {
    refuse(
      'InvalidDeploymentStyle',
      'Deployment type or deployment option cannot be null or empty',
    );
  }
  if (deploymentType !== 'BLUE_GREEN' || deploymentOption !== 'WITH_TRAFFIC_CONTROL') {
    refuse(
      'InvalidDeploymentStyle',
      'ECS and Lambda deployments are of the type BLUE_GREEN with the option WITH_TRAFFIC_CONTROL',
    );
  }
};

const checkLambda = (group: DeploymentGroupInfo) => {
  refuseServerMembers('Lambda', group);
  if (group.ecsServices?.length) {
    refuse('InvalidECSService', 'For Lambda deployment group, ecsServices can not be specified');
  }
  if (hasLoadBalancer(group.loadBalancerInfo)) {
    refuse(
      'InvalidLoadBalancerInfo',
      'For Lambda deployment group, loadBalancerInfo can not be specified',
    );
  }
  if (group.blueGreenDeploymentConfiguration) {
    refuse(
      'InvalidBlueGreenDeploymentConfiguration',
      'For Lambda deployment group, blueGreenDeploymentConfiguration can not be specified',
    );
  }
};

const checkEcs = (group: DeploymentGroupInfo, isGradual: boolean) => {
  refuseServerMembers('ECS', group);
  const [service, ...others] = group.ecsServices ?? [];
  if (!service?.clusterName || !service.serviceName || others.length > 0) {
    refuse(
      'InvalidECSService',
      'For ECS deployment group, exactly one ECS service with its cluster must be specified',
    );
  }
  checkTargetGroupPair(group.loadBalancerInfo);
  checkBlueGreen(group);
  const [pair] = group.loadBalancerInfo?.targetGroupPairInfoList ?? [];
  if (isGradual && pair?.prodTrafficRoute?.listenerArns?.[0]?.includes(':listener/net/')) {
    refuse(
      'InvalidLoadBalancerInfo',
      'Only ALB supports gradual traffic routing, use AllAtOnce Traffic routing instead when you create/update Deployment group.',
    );
  }
};

const refuseServerMembers = (platform: Platform, group: DeploymentGroupInfo) => {
  const refuseMember = (name: string, member: string) =>
    refuse(name, `For ${platform} deployment group, ${member} can not be specified`);
  if (group.autoScalingGroups?.length) refuseMember('InvalidAutoScalingGroup', 'autoScalingGroups');
  if (group.ec2TagFilters?.length) refuseMember('InvalidEC2Tag', 'ec2TagFilters');
  if (group.ec2TagSet) refuseMember('InvalidEC2TagCombination', 'ec2TagSet');
  if (group.onPremisesInstanceTagFilters?.length) {
    refuseMember('InvalidTag', 'onPremisesInstanceTagFilters');
  }
  if (group.onPremisesTagSet) refuseMember('InvalidOnPremisesTagCombination', 'onPremisesTagSet');
};

const hasLoadBalancer = (info: LoadBalancerInfo | undefined) =>
  Boolean(
    info?.elbInfoList?.length ||
      info?.targetGroupInfoList?.length ||
      info?.targetGroupPairInfoList?.length,
  );

const checkTargetGroupPair = (info: LoadBalancerInfo | undefined) => {
  const [pair, ...others] = info?.targetGroupPairInfoList ?? [];
  const names = (pair?.targetGroups ?? []).map(({ name }) => name ?? '');
  if (!pair || info?.elbInfoList?.length || info?.targetGroupInfoList?.length) {
    refuse(
      'InvalidLoadBalancerInfo',
      'A deployment group associated with an application that uses the ECS compute platform must contain a valid pair of target groups that identify a load balancer',
    );
  }
  if (others.length > 0) {
    refuse('InvalidTargetGroupPair', 'Only one pair of target groups can be specified');
  }
  if (names.length !== 2 || names[0] === names[1] || !names.every(isTargetGroupName)) {
    refuse('InvalidTargetGroupPair', 'A pair of target groups must have two different names');
  }
  const { prodTrafficRoute, testTrafficRoute } = pair ?? {};
  if (prodTrafficRoute?.listenerArns?.length !== 1) {
    refuse('InvalidTargetGroupPair', 'A pair of target groups must have one production listener');
  }
  if (testTrafficRoute && testTrafficRoute.listenerArns?.length !== 1) {
    refuse('InvalidTargetGroupPair', 'A pair of target groups can have one test listener');
  }
  const balancers = [prodTrafficRoute, testTrafficRoute].flatMap((route) =>
    (route?.listenerArns ?? []).map((arn) => arn.slice(0, arn.lastIndexOf('/'))),
  );
  if (new Set(balancers).size > 1) {
    refuse(
      'InvalidLoadBalancerInfo',
      'The production listener and the test listener must belong to the same load balancer',
    );
  }
};

/** Names as Elastic Load Balancing allows them: so neither an ARN nor the hash at the end of one with slashes. */
const isTargetGroupName = (name: string) =>
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name);

const checkBlueGreen = ({ blueGreenDeploymentConfiguration }: DeploymentGroupInfo) => {
  const name = 'InvalidBlueGreenDeploymentConfiguration';
  const {
    deploymentReadyOption: ready,
    terminateBlueInstancesOnDeploymentSuccess: terminate,
    greenFleetProvisioningOption,
  } = blueGreenDeploymentConfiguration ?? {};
  if (greenFleetProvisioningOption) {
    refuse(name, 'For ECS deployment group, greenFleetProvisioningOption can not be specified');
  }
  if (ready?.actionOnTimeout !== 'STOP_DEPLOYMENT' && (ready?.waitTimeInMinutes ?? 0) > 0) {
    refuse(
      name,
      "Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified",
    );
  }
  if (terminate?.action === 'KEEP_ALIVE') {
    refuse(name, 'For ECS deployment group, the original task set cannot be kept alive');
  }
  const wait = terminate?.terminationWaitTimeInMinutes ?? 0;
  if (!(wait >= 0 && wait <= LONGEST_TERMINATION_WAIT)) {
    refuse(name, `The termination wait time must be 0 to ${LONGEST_TERMINATION_WAIT} minutes`);
  }
};

/** CloudFormation's resource types of CodeDeploy. */
import type { ResourceProvider } from '../../cloud.ts';

/** Members of the API whose names do not follow from CloudFormation's by a small first letter. */
const API_NAMES: Readonly<Record<string, string>> = {
  ECSServices: 'ecsServices',
  EC2TagSet: 'ec2TagSet',
  EC2TagFilters: 'ec2TagFilters',
};

const apiName = (name: string) => API_NAMES[name] ?? name.charAt(0).toLowerCase() + name.slice(1);

const apiInput = (value: unknown): any => {
  if (Array.isArray(value)) return value.map(apiInput);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [apiName(name), apiInput(inner)]),
  );
};

/** Tags have the same members in the API as in a template. */
const withTags = ({ Tags, ...properties }: any) => ({
  ...apiInput(properties),
  ...(Tags && { tags: Tags }),
});

const application: ResourceProvider = {
  properties: ['ApplicationName', 'ComputePlatform', 'Tags'],
  create: async (properties, context) => {
    const applicationName = properties.ApplicationName ?? context.physicalName(100);
    await context.call('codedeploy', 'CreateApplication', {
      ...withTags(properties),
      applicationName,
    });
    return { ref: applicationName };
  },
};

const deploymentConfig: ResourceProvider = {
  properties: ['DeploymentConfigName', 'ComputePlatform', 'TrafficRoutingConfig'],
  ignored: ['MinimumHealthyHosts', 'ZonalConfig'],
  create: async (properties, context) => {
    const deploymentConfigName = properties.DeploymentConfigName ?? context.physicalName(100);
    await context.call('codedeploy', 'CreateDeploymentConfig', {
      ...apiInput(properties),
      deploymentConfigName,
    });
    return { ref: deploymentConfigName };
  },
};

const deploymentGroup: ResourceProvider = {
  properties: [
    'ApplicationName',
    'DeploymentGroupName',
    'DeploymentConfigName',
    'ServiceRoleArn',
    'AlarmConfiguration',
    'AutoRollbackConfiguration',
    'BlueGreenDeploymentConfiguration',
    'DeploymentStyle',
    'ECSServices',
    'LoadBalancerInfo',
    'AutoScalingGroups',
    'EC2TagFilters',
    'Ec2TagFilters',
    'EC2TagSet',
    'Ec2TagSet',
    'OnPremisesInstanceTagFilters',
    'OnPremisesTagSet',
    'Tags',
  ],
  ignored: ['TriggerConfigurations', 'OutdatedInstancesStrategy', 'TerminationHookEnabled'],
  create: async (properties, context) => {
    const deploymentGroupName = properties.DeploymentGroupName ?? context.physicalName(100);
    await context.call('codedeploy', 'CreateDeploymentGroup', {
      ...withTags(properties),
      deploymentGroupName,
    });
    return { ref: deploymentGroupName };
  },
};

/** The providers by resource type. */
export const codedeployResources: Readonly<Record<string, ResourceProvider>> = {
  'AWS::CodeDeploy::Application': application,
  'AWS::CodeDeploy::DeploymentConfig': deploymentConfig,
  'AWS::CodeDeploy::DeploymentGroup': deploymentGroup,
};

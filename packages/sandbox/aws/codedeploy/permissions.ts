/**
 * What IAM is asked for each operation of CodeDeploy; a deployment counts as its group. Of the operations in
 * ON_DEPLOYMENT the service authorization reference says that they know no resource, CodeDeploy's guide that most are
 * on the group ("CodeDeploy permissions reference"); refusals that people have shown name the group. No account of ours
 * has proven it.
 */
import type { Permission, Service } from '../../cloud.ts';
import type { Quirks } from '../../quirks.ts';
import type { Arns } from './arns.ts';
import type { DeploymentRecord, RegionRecord } from './records.ts';

type Permissions = NonNullable<Service['permissions']>;

/** Operations whose resource is the application they name. */
const ON_APPLICATION = [
  'CreateApplication',
  'GetApplication',
  'RegisterApplicationRevision',
  'GetApplicationRevision',
  'ListDeploymentGroups',
];
const ON_DEPLOYMENT = [
  'GetDeployment',
  'ContinueDeployment',
  'StopDeployment',
  'PutLifecycleEventHookExecutionStatus',
];
/** What reads the targets of a deployment: on its group or on `*`, as the quirk says. */
const TARGET_READS = ['GetDeploymentTarget', 'BatchGetDeploymentTargets', 'ListDeploymentTargets'];

/** Makes the permissions of all operations. */
export const permissionsOf = (
  recordOf: (region: string) => RegionRecord,
  arns: Arns,
  quirks: Quirks,
): Permissions => {
  const groupArn = ({ region, group }: DeploymentRecord) =>
    arns.group(region, group.application.name, group.info.deploymentGroupName);

  /** A deployment that does not exist has no group: who may do this to some group is told that it does not exist. */
  const onDeployments = (action: string, region: string, ids: readonly string[]): Permission[] => {
    const { deployments } = recordOf(region);
    const resources = ids.flatMap((id) => {
      const deployment = deployments.get(id);
      return deployment ? [groupArn(deployment)] : [];
    });
    if (resources.length === 0) return [{ action, resource: '*', somewhere: true }];
    return [...new Set(resources)].map((resource) => ({ action, resource }));
  };

  const passRole = (serviceRoleArn: string | undefined): Permission[] =>
    serviceRoleArn
      ? [
          {
            action: 'iam:PassRole',
            resource: serviceRoleArn,
            passedToService: 'codedeploy.amazonaws.com',
          },
        ]
      : [];

  const onApplication = (operation: string): Permissions => ({
    [operation]: ({ applicationName }, { region }) => [
      { action: `codedeploy:${operation}`, resource: arns.application(region, applicationName) },
    ],
  });

  const onDeployment = (operation: string): Permissions => ({
    [operation]: ({ deploymentId }, { region }) =>
      onDeployments(`codedeploy:${operation}`, region, [deploymentId]),
  });

  const onTargets = (operation: string): Permissions =>
    quirks.targetReadsOn === 'group'
      ? onDeployment(operation)
      : { [operation]: () => [{ action: `codedeploy:${operation}`, resource: '*' }] };

  return {
    ...Object.assign({}, ...ON_APPLICATION.map(onApplication)),
    ...Object.assign({}, ...ON_DEPLOYMENT.map(onDeployment)),

    ...Object.assign({}, ...TARGET_READS.map(onTargets)),

    BatchGetDeployments: ({ deploymentIds = [] }, { region }) =>
      onDeployments('codedeploy:BatchGetDeployments', region, deploymentIds),

    ListDeployments: ({ applicationName, deploymentGroupName }, { region }) => [
      {
        action: 'codedeploy:ListDeployments',
        resource: deploymentGroupName
          ? arns.group(region, applicationName, deploymentGroupName)
          : '*',
      },
    ],

    CreateDeploymentGroup: (input, { region }) => [
      {
        action: 'codedeploy:CreateDeploymentGroup',
        resource: arns.group(region, input.applicationName, input.deploymentGroupName),
      },
      ...passRole(input.serviceRoleArn),
    ],

    UpdateDeploymentGroup: (input, { region }) => [
      {
        action: 'codedeploy:UpdateDeploymentGroup',
        resource: arns.group(region, input.applicationName, input.currentDeploymentGroupName),
      },
      ...passRole(input.serviceRoleArn),
    ],

    GetDeploymentGroup: (input, { region }) => [
      {
        action: 'codedeploy:GetDeploymentGroup',
        resource: arns.group(region, input.applicationName, input.deploymentGroupName),
      },
    ],

    BatchGetDeploymentGroups: ({ applicationName, deploymentGroupNames = [] }, { region }) =>
      deploymentGroupNames.map((name: string) => ({
        action: 'codedeploy:BatchGetDeploymentGroups',
        resource: arns.group(region, applicationName, name),
      })),

    CreateDeploymentConfig: ({ deploymentConfigName }, { region }) => [
      {
        action: 'codedeploy:CreateDeploymentConfig',
        resource: arns.config(region, deploymentConfigName),
      },
    ],

    GetDeploymentConfig: ({ deploymentConfigName }, { region }) => [
      {
        action: 'codedeploy:GetDeploymentConfig',
        resource: arns.config(region, deploymentConfigName),
      },
    ],

    ListTagsForResource: ({ ResourceArn }) => [
      { action: 'codedeploy:ListTagsForResource', resource: ResourceArn ?? '*' },
    ],

    /** Overriding the group's alarms is changing the group. */
    CreateDeployment: (input, { region }) => {
      const { applicationName, deploymentGroupName } = input;
      const group = recordOf(region)
        .applications.get(applicationName)
        ?.groups.get(deploymentGroupName);
      const config = input.deploymentConfigName ?? group?.info.deploymentConfigName;
      const resource = arns.group(region, applicationName, deploymentGroupName);
      return [
        { action: 'codedeploy:CreateDeployment', resource },
        ...(input.overrideAlarmConfiguration
          ? [{ action: 'codedeploy:UpdateDeploymentGroup', resource }]
          : []),
        ...(config
          ? [{ action: 'codedeploy:GetDeploymentConfig', resource: arns.config(region, config) }]
          : []),
        {
          action: 'codedeploy:RegisterApplicationRevision',
          resource: arns.application(region, applicationName),
        },
      ];
    },
  };
};

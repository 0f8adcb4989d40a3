/** The roles with which CodeDeploy acts: one per platform, and only on the resources of its own half. */
import { Fn } from 'aws-cdk-lib';
import { BaseService } from 'aws-cdk-lib/aws-ecs';
import { Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { arnOf } from '../arn.ts';
import { inlineRole } from '../inline-role.ts';
import type { EcsHalf, LambdaHalf } from './props.ts';

const allow = (actions: string[], ...resources: string[]) =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources });

const invokeHooks = (scope: Construct) =>
  allow(['lambda:InvokeFunction'], arnOf(scope, 'lambda', 'function:CodeDeployHook_tandem_*'));

const readAlarms = () => allow(['cloudwatch:DescribeAlarms'], '*');

/** The roles of a service's tasks. Throws a sentence for an imported service that names none. */
export const taskRolesOf = ({ name, service, taskRoles }: EcsHalf): readonly IRole[] => {
  if (taskRoles) return taskRoles;
  if (!(service instanceof BaseService))
    throw new Error(
      `The service of target "${name}" is imported, so it does not tell which roles its tasks have. ` +
        'Name its task role and its execution role in taskRoles.',
    );
  const { taskRole, executionRole } = service.taskDefinition;
  return executionRole ? [taskRole, executionRole] : [taskRole];
};

/** Lets tasks have exactly these roles. */
export const passTaskRoles = (half: EcsHalf): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['iam:PassRole'],
    resources: taskRolesOf(half).map(({ roleArn }) => roleArn),
    conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  });

/** ARN pattern of the rules of a listener. */
const rulesOf = (listenerArn: string) =>
  Fn.join(':listener-rule/', [
    Fn.select(0, Fn.split(':listener/', listenerArn)),
    `${Fn.select(1, Fn.split(':listener/', listenerArn))}/*`,
  ]);

/** CodeDeploy's role for an ECS half: AWSCodeDeployRoleForECS, without its `*` where AWS knows resources. */
export const ecsServiceRole = (scope: Construct, half: EcsHalf): IRole => {
  const { service } = half;
  const listeners = [half.productionListener.listenerArn, half.testListener.listenerArn];
  // Not the ARN that CDK knows: of an imported service, and without a feature flag, it leaves the cluster out.
  const place = `${service.cluster.clusterName}/${service.serviceName}`;
  return inlineRole(scope, 'ServiceRole', 'codedeploy.amazonaws.com', [
    // A task set has no ARN before it exists: creating one knows no resource.
    allow(['ecs:CreateTaskSet'], '*'),
    allow(
      ['ecs:DescribeServices', 'ecs:UpdateServicePrimaryTaskSet'],
      arnOf(scope, 'ecs', `service/${place}`),
    ),
    allow(['ecs:DeleteTaskSet'], arnOf(scope, 'ecs', `task-set/${place}/*`)),
    allow(
      [
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeRules',
      ],
      '*',
    ),
    allow(['elasticloadbalancing:ModifyListener'], ...listeners),
    allow(['elasticloadbalancing:ModifyRule'], ...listeners.map(rulesOf)),
    invokeHooks(scope),
    readAlarms(),
    passTaskRoles(half),
  ]);
};

/** CodeDeploy's role for a Lambda half: AWSCodeDeployRoleForLambda, for one function. */
export const lambdaServiceRole = (scope: Construct, { function: { functionArn } }: LambdaHalf) =>
  inlineRole(scope, 'ServiceRole', 'codedeploy.amazonaws.com', [
    allow(
      ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
      functionArn,
      `${functionArn}:*`,
    ),
    invokeHooks(scope),
    readAlarms(),
  ]);

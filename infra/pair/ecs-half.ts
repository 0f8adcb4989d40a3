/** The ECS half of a pair: its group, its registration, and the roles that its task definitions may carry. */
import { CfnPolicy, PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import type { StepName } from '../../core/names.ts';
import { handlerRole } from '../arn.ts';
import { curveConfiguration } from './curve-configuration.ts';
import { ecsGroup } from './deployment-groups.ts';
import { commonRegistration, type HalfSettings, halfName } from './half.ts';
import type { EcsHalf } from './props.ts';
import { registerTarget } from './registration.ts';
import { setScaling } from './scaling.ts';
import { passTaskRoles, taskRolesOf } from './service-roles.ts';

/** Grants statements of this pair to the role of one of Tandem's steps. */
const grant = (
  scope: Construct,
  id: string,
  step: StepName,
  policyName: string,
  statements: PolicyStatement[],
): CfnPolicy =>
  new CfnPolicy(scope, id, {
    policyName,
    policyDocument: new PolicyDocument({ statements }),
    roles: [handlerRole(scope, step)],
  });

/** Makes the half; `alarms` are the names of its own. Returns what must exist before the pair is registered. */
export const ecsHalf = (
  scope: Construct,
  half: EcsHalf,
  { pair, policy, allAlarms, curveConfigurations }: HalfSettings,
  alarms: readonly string[],
): IConstruct[] => {
  const { service } = half;
  // The step that clones task definitions may pass the roles of this pair's tasks, and no others.
  const name = halfName(pair, half);
  const grants = [
    grant(scope, 'PassTaskRoles', 'prepare-target', `${name}-task-roles`, [passTaskRoles(half)]),
    ...(half.suspendScaling
      ? [grant(scope, 'SetScaling', 'set-scaling', `${name}-scaling`, setScaling(scope, half))]
      : []),
  ];
  const group = ecsGroup(scope, half, {
    name,
    configuration: curveConfiguration(scope, 'ecs', policy.curve, curveConfigurations),
    policy,
    alarms: allAlarms,
  });
  const registration = registerTarget(scope, pair, {
    ...commonRegistration(pair, half),
    kind: 'ecs',
    alarms: [...alarms],
    cluster: service.cluster.clusterName,
    service: service.serviceName,
    container: half.container,
    port: half.port,
    repository: half.repository.repositoryName,
    taskRoles: taskRolesOf(half).map(({ roleArn }) => roleArn),
    productionListener: half.productionListener.listenerArn,
    testListener: half.testListener.listenerArn,
    ...(half.host === undefined ? {} : { host: half.host }),
    ...(half.suspendScaling === undefined ? {} : { suspendScaling: half.suspendScaling }),
    targetGroups: [half.blue.targetGroupArn, half.green.targetGroupArn],
    ...(half.checks && { checks: half.checks }),
    ...(half.warmUp && { warmUp: half.warmUp }),
  });
  return [...grants, group, registration];
};

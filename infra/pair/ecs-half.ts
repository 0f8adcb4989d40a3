/** The ECS half of a pair: its group, its registration, and the roles as which Tandem works for it. */
import type { Construct, IConstruct } from 'constructs';
import { curveConfiguration } from './curve-configuration.ts';
import { ecsGroup } from './deployment-groups.ts';
import { commonRegistration, type HalfSettings, halfName } from './half.ts';
import { prepareRole } from './prepare-role.ts';
import type { EcsHalf } from './props.ts';
import { registerTarget } from './registration.ts';
import { scalingRole } from './scaling.ts';
import { taskRolesOf } from './service-roles.ts';

/** Makes the half; `alarms` are the names of its own. Returns what must exist before the pair is registered. */
export const ecsHalf = (
  scope: Construct,
  half: EcsHalf,
  { pair, policy, allAlarms, curveConfigurations }: HalfSettings,
  alarms: readonly string[],
): IConstruct[] => {
  const { service } = half;
  const role = prepareRole(scope, half);
  const scaling = half.suspendScaling ? scalingRole(scope, half) : undefined;
  const name = halfName(pair, half);
  const group = ecsGroup(scope, half, {
    name,
    configuration: curveConfiguration(scope, 'codedeploy-ecs', policy.curve, curveConfigurations),
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
    prepareRole: role.roleArn,
    productionListener: half.productionListener.listenerArn,
    testListener: half.testListener.listenerArn,
    ...(half.host === undefined ? {} : { host: half.host }),
    ...(scaling && { scalingRole: scaling.roleArn }),
    targetGroups: [half.blue.targetGroupArn, half.green.targetGroupArn],
    ...(half.checks && { checks: half.checks }),
    ...(half.warmUp && { warmUp: half.warmUp }),
  });
  return [role, ...(scaling ? [scaling] : []), group, registration];
};

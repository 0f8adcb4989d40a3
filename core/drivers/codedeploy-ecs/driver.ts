import { codedeployCommands } from '../codedeploy/commands.ts';
import { codedeployWords } from '../codedeploy/words.ts';
import { GROUP_DIMENSION, loadBalancerName, targetGroupName } from '../dimensions.ts';
import type { Driver } from '../driver.ts';
import { deployService } from './bring-back.ts';
import { addressOfService } from './green-address.ts';
import { SERVICE_HOLDS } from './holds.ts';
import type { EcsTarget } from './registration.ts';
import { scalableService } from './scaling.ts';
import { wrongWithService } from './wanted.ts';

const groupDimension = (group: string) => ({ [GROUP_DIMENSION]: targetGroupName(group) });

/** An ECS service behind an Application Load Balancer, moved by CodeDeploy. */
export const codedeployEcs: Driver<EcsTarget> = {
  name: 'codedeploy-ecs',
  kind: 'ecs',
  platform: 'ECS',
  commitRank: 0,
  holds: SERVICE_HOLDS,
  // Names as in CodeDeploy's user guide: for ECS every one says Minutes.
  curves: {
    'all-at-once': 'CodeDeployDefault.ECSAllAtOnce',
    'canary 10 5': 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    'canary 10 15': 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    'linear 10 1': 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
    'linear 10 3': 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes',
  },
  metrics: {
    namespace: 'AWS/ApplicationELB',
    requests: 'RequestCount',
    errors: ['HTTPCode_Target_5XX_Count'],
    answered: [2, 3, 4].map((digit) => `HTTPCode_Target_${digit}XX_Count`),
    latency: 'TargetResponseTime',
    // A balancer measures seconds.
    latencyUnit: 1000,
    failedByBalancer: 'HTTPCode_ELB_5XX_Count',
    onlyWhileSplit: false,
  },
  repositoryOf: ({ repository }) => repository,
  functionOf: () => undefined,
  versionAlarmsOf: () => ({ blue: [], green: [] }),
  dimensionsOf: ({ productionListener, targetGroups }) => ({
    LoadBalancer: [loadBalancerName(productionListener)],
    [GROUP_DIMENSION]: targetGroups.map(targetGroupName),
  }),
  // Colours swap with every release: which group holds a revision is read.
  sideOf: ({ groups = {} }, { name }) => {
    const group = Object.keys(groups).find((one) => groups[one] === name);
    return group === undefined ? undefined : groupDimension(group);
  },
  partsOf: ({ targetGroups }) => targetGroups.map(groupDimension),
  wrongWith: wrongWithService,
  greenAddressOf: ({ testAddress }) => testAddress && addressOfService(testAddress),
  scalableOf: scalableService,
  rolesOf: ({ prepareRole, scalingRole }) => ({
    'prepare-target': prepareRole,
    'set-scaling': scalingRole,
  }),
  commands: { ...codedeployCommands, bringBack: deployService },
  ...codedeployWords(SERVICE_HOLDS),
};

/** AWS CodeDeploy for ECS services and Lambda functions. */
import type { Cloud, Service } from '../../cloud.ts';
import { applicationOperations } from './applications.ts';
import { arnsOf } from './arns.ts';
import { controlOperations } from './control.ts';
import { configOperations } from './deployment-configs.ts';
import { viewOperations } from './deployment-view.ts';
import { deploymentOperations } from './deployments.ts';
import { engineOf } from './engine/engine.ts';
import { groupOperations } from './groups.ts';
import { permissionsOf } from './permissions.ts';
import { regionRecords } from './records.ts';
import { codedeployResources } from './resources.ts';
import { targetOperations } from './target-view.ts';

/** Makes CodeDeploy; its deployments run in the background until they end or the service is closed. */
export const codedeployService = (cloud: Cloud): Service => {
  const recordOf = regionRecords();
  const engine = engineOf(cloud, recordOf);
  return {
    id: 'codedeploy',
    operations: {
      ...applicationOperations(cloud, recordOf),
      ...groupOperations(cloud, recordOf),
      ...configOperations(cloud, recordOf),
      ...deploymentOperations(cloud, recordOf, engine),
      ...viewOperations(cloud, recordOf),
      ...targetOperations(cloud, recordOf),
      ...controlOperations(cloud, recordOf, engine),
    },
    permissions: permissionsOf(recordOf, arnsOf(cloud.account), cloud.quirks),
    resources: codedeployResources,
    close: async () => engine.close(),
  };
};

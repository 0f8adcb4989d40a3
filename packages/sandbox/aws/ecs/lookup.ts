import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { AwsError } from '../../aws-error.ts';
import type { Cluster, EcsService, Region, Task, TaskSet } from './state.ts';

/** What stands behind the last `/` of an ARN, or the name itself. */
const lastPart = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

/** A cluster by name or ARN; `default` where none is named. Throws ClusterNotFoundException. */
export const clusterOf = (region: Region, nameOrArn: string | undefined): Cluster => {
  const name = lastPart(nameOrArn ?? 'default');
  const found = [...region.clusters.values()].find((cluster) => cluster.name === name);
  if (!found) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return found;
};

/** A service of a cluster by name or ARN, `undefined` if there is none. */
export const findService = (region: Region, cluster: Cluster, nameOrArn: string | undefined) =>
  [...region.services.values()].find(
    (service) => service.cluster === cluster && service.name === lastPart(nameOrArn ?? ''),
  );

/** An active service. Throws ClusterNotFoundException, ServiceNotFoundException, ServiceNotActiveException. */
export const serviceOf = (
  region: Region,
  cluster: string | undefined,
  nameOrArn: string | undefined,
): EcsService => {
  const service = findService(region, clusterOf(region, cluster), nameOrArn);
  if (!service) throw new AwsError('ServiceNotFoundException', 'Service not found.');
  if (service.status !== 'ACTIVE') {
    throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
  }
  return service;
};

/** Whether an id or ARN names a task set. */
export const names = (taskSet: TaskSet, idOrArn: string | undefined): boolean =>
  taskSet.id === idOrArn || taskSet.arn === idOrArn;

/** A task set of a service by id or ARN. Throws TaskSetNotFoundException. */
export const taskSetOf = (service: EcsService, idOrArn: string | undefined): TaskSet => {
  const found = service.taskSets.find((taskSet) => names(taskSet, idOrArn));
  if (!found)
    throw new AwsError('TaskSetNotFoundException', 'The specified task set was not found.');
  return found;
};

/** A task of a cluster by id or ARN, `undefined` if there is none. */
export const findTask = (region: Region, cluster: Cluster, idOrArn: string): Task | undefined =>
  [...region.tasks.values()].find(
    (task) => task.cluster === cluster && task.id === lastPart(idOrArn),
  );

/** A revision by `family`, `family:revision` or ARN; a family alone is its latest active revision. */
export const findTaskDefinition = (
  region: Region,
  reference: string | undefined,
): TaskDefinition | undefined => {
  const [family = '', revision] = lastPart(reference ?? '').split(':');
  const revisions = region.families.get(family) ?? [];
  return revision === undefined
    ? revisions.findLast(({ status }) => status === 'ACTIVE')
    : revisions.find((definition) => definition.revision === Number(revision));
};

/** A revision that new tasks may be started from. Throws ClientException. */
export const activeTaskDefinition = (
  region: Region,
  reference: string | undefined,
): TaskDefinition => {
  const found = findTaskDefinition(region, reference);
  if (!found) throw new AwsError('ClientException', 'TaskDefinition not found.');
  if (found.status !== 'ACTIVE')
    throw new AwsError('ClientException', 'TaskDefinition is inactive');
  return found;
};

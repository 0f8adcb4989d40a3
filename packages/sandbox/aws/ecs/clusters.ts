import type { CreateClusterRequest, DescribeClustersRequest } from '@aws-sdk/client-ecs';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { clusterOf } from './lookup.ts';
import { paging } from './paging.ts';
import type { Cluster, Region, State } from './state.ts';

const describe = (region: Region, cluster: Cluster) => {
  const tasks = [...region.tasks.values()].filter((task) => task.cluster === cluster);
  const services = [...region.services.values()].filter(
    (service) => service.cluster === cluster && service.status === 'ACTIVE',
  );
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'PENDING').length,
    activeServicesCount: services.length,
    tags: region.tags.get(cluster.arn) ?? [],
  };
};

/** Operations on clusters. */
export const clusterOperations = (cloud: Cloud, state: State): Record<string, Operation> => ({
  CreateCluster: (input: CreateClusterRequest, { region: name }: Caller) => {
    const region = state.of(name);
    const clusterName = input.clusterName ?? 'default';
    const arn = `arn:aws:ecs:${name}:${cloud.account}:cluster/${clusterName}`;
    // A cluster that exists is given back, as on AWS.
    const cluster = region.clusters.get(arn) ?? { arn, name: clusterName, region: name };
    region.clusters.set(arn, cluster);
    if (input.tags) region.tags.set(arn, [...input.tags]);
    return { cluster: describe(region, cluster) };
  },

  DescribeClusters: (input: DescribeClustersRequest, { region: name }: Caller) => {
    const region = state.of(name);
    const clusters = [];
    const failures = [];
    for (const wanted of input.clusters ?? ['default']) {
      try {
        clusters.push(describe(region, clusterOf(region, wanted)));
      } catch {
        const arn = wanted.startsWith('arn:')
          ? wanted
          : `arn:aws:ecs:${name}:${cloud.account}:cluster/${wanted}`;
        failures.push({ arn, reason: 'MISSING' });
      }
    }
    return { clusters, failures };
  },

  ListClusters: (input: object, { region }: Caller) => {
    const { items, next } = page(paging, [...state.of(region).clusters.keys()], input);
    return { clusterArns: items, ...next };
  },
});

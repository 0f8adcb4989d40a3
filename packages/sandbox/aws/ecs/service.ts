import type { Cloud, Service } from '../../cloud.ts';
import { clusterOperations } from './clusters.ts';
import { permissions } from './permissions.ts';
import { resources } from './resources.ts';
import { taskScheduler } from './scheduler.ts';
import { serviceEvents } from './service-events.ts';
import { serviceOperations } from './services.ts';
import { emptyState } from './state.ts';
import { tagOperations } from './tags.ts';
import { taskDefinitionOperations } from './task-definitions.ts';
import { taskLife } from './task-life.ts';
import { taskSetOperations } from './task-sets.ts';
import { taskTargets } from './task-targets.ts';
import { taskOperations } from './tasks.ts';

/** What ECS is given besides the cloud. */
export interface EcsOptions {
  /** Folder with the files of an image, by its digest; `undefined` for an image without files on this machine. */
  readonly imageFolder: (digest: string) => string | undefined;
}

/** Elastic Container Service: services, task sets and tasks, whose containers the cloud's host really starts. */
export const ecsService = (cloud: Cloud, { imageFolder }: EcsOptions): Service => {
  const state = emptyState();
  const targets = taskTargets(cloud);
  const events = serviceEvents(cloud);
  const life = taskLife(cloud, imageFolder, targets);
  const scheduler = taskScheduler(cloud, state, life, targets, events);

  return {
    id: 'ecs',
    operations: {
      ...clusterOperations(cloud, state),
      ...taskDefinitionOperations(cloud, state),
      ...serviceOperations(cloud, state, scheduler, targets, events),
      ...taskSetOperations(cloud, state, scheduler, targets, events),
      ...taskOperations(cloud, state),
      ...tagOperations(state),
    },
    permissions: permissions(cloud.account, state),
    resources: resources(cloud.clock),
    close: async () => {
      scheduler.close();
      await cloud.containers.close();
    },
  };
};

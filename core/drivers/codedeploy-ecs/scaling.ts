/** Application Auto Scaling, which sets the number of a service's tasks. */

import type { Scalable, ScalableService } from '../driver.ts';
import type { EcsTarget } from './registration.ts';

/** What it scales of a service. */
export const ON_TASKS = {
  ServiceNamespace: 'ecs',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

/** The id by which it knows a service. */
export const resourceIdOf = ({ cluster, service }: ScalableService): string =>
  `service/${cluster}/${service}`;

const restoreCommand = (
  service: ScalableService,
  before: Readonly<Record<string, boolean>>,
): string => {
  const state = Object.entries(before).map(([name, value]) => `${name}=${value}`);
  return `aws application-autoscaling register-scalable-target --service-namespace ${ON_TASKS.ServiceNamespace} --scalable-dimension ${ON_TASKS.ScalableDimension} --resource-id ${resourceIdOf(service)} --suspended-state ${state.join(',')}`;
};

/** The service whose scaling a release suspends; undefined where its pair brings no role for that. */
export const scalableService = ({
  cluster,
  service,
  scalingRole,
}: Pick<EcsTarget, 'cluster' | 'service' | 'scalingRole'>): Scalable | undefined => {
  if (scalingRole === undefined) return undefined;
  const scalable = { cluster, service, scalingRole };
  return { ...scalable, restoreCommand: (before) => restoreCommand(scalable, before) };
};

import type { EcsTarget } from '../../../core/drivers/target.ts';
import type { TargetRecord } from '../../../core/record/record.ts';

/** The registration of a target that this driver moves: it is called for no other. */
export const serviceOf = ({ registration }: TargetRecord): EcsTarget => {
  if (registration.kind !== 'ecs') throw new TypeError(`${registration.name} is no ECS service`);
  return registration;
};

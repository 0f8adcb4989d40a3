import type { LambdaTarget } from '../../../core/drivers/target.ts';
import type { TargetRecord } from '../../../core/record/record.ts';

/** The registration of a target that this driver moves: it is called for no other. */
export const functionOf = ({ registration }: TargetRecord): LambdaTarget => {
  if (registration.kind !== 'lambda') throw new TypeError(`${registration.name} is no function`);
  return registration;
};

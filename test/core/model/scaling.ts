/** Application Auto Scaling of the services: set as the handler does it, over the model's world instead of AWS. */
import { withTarget } from '../../../core/record/record.ts';
import {
  restoration,
  type ScaledTarget,
  type SuspendedState,
  scaledTargets,
  suspension,
  wantedScaling,
} from '../../../core/record/scaling.ts';
import { type Call, readOwned } from './acting.ts';
import type { World } from './world.ts';

/** What is suspended of a service that scales, and of whose scale-in somebody has long suspended. */
export const SCALES: SuspendedState = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** Suspends the scaling of the services, or restores it, as the phase wants. */
export const setScaling = (world: World, call: Call): void => {
  const record = readOwned(world, call);
  const wanted = wantedScaling(record);
  if (wanted === 'unchanged') return;
  for (const { name, scaling } of scaledTargets(record)) {
    const note = (next: ScaledTarget['scaling']) =>
      world.change((current) => withTarget(current, name, { scaling: next }), 'scaling');
    call.atom();
    const current = world.scaling.get(name);
    if (wanted === 'suspended') {
      const order = suspension(scaling ?? {}, current);
      if (order.do === 'leave') note({ left: order.why });
      if (order.do !== 'set') continue;
      const { decision } = note({ before: order.before });
      call.atom();
      if (decision !== 'rollback') world.deeds.scale(name, order.state);
    } else if (scaling?.before) {
      const order = restoration(scaling.before, current);
      if (order.do === 'set') world.deeds.scale(name, order.state);
      call.atom();
      note(order.do === 'leave' ? { left: order.why } : undefined);
    }
  }
};

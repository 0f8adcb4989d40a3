/** Application Auto Scaling of the services: set as the handler does it, over the model's world instead of AWS. */
import { withTarget } from '../../../core/record.ts';
import {
  restoration,
  type ScaledTarget,
  type SuspendedState,
  scaledTargets,
  suspension,
  wantsSteady,
} from '../../../core/scaling.ts';
import type { Atom } from './acting.ts';
import type { World } from './world.ts';

/** What is suspended of a service that scales, and of whose scale-in somebody has long suspended. */
export const SCALES: SuspendedState = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** Suspends the scaling of the services, or restores it, as the phase wants. */
export const setScaling = (world: World, atom: Atom): void => {
  const record = world.record();
  for (const { name, scaling } of scaledTargets(record)) {
    const note = (next: ScaledTarget['scaling']) =>
      world.change((current) => withTarget(current, name, { scaling: next }));
    atom();
    const current = world.scaling.get(name);
    if (wantsSteady(record)) {
      const order = suspension(scaling ?? {}, current);
      if (order.do === 'leave') note({ left: order.why });
      if (order.do !== 'set') continue;
      note({ before: order.before });
      atom();
      world.scaling.set(name, order.state);
    } else if (scaling?.before) {
      const order = restoration(scaling.before, current);
      if (order.do === 'set') world.scaling.set(name, order.state);
      atom();
      note(order.do === 'leave' ? { left: order.why } : undefined);
    }
  }
};

import { errorText } from '../core/errors.ts';
import { type ReleaseRecord, withTarget } from '../core/record.ts';
import {
  restoration,
  restoreCommand,
  type ScaledTarget,
  scaledTargets,
  suspension,
  wantsSteady,
} from '../core/scaling.ts';
import { SetScaling } from '../core/steps/set-scaling.ts';
import { type Release, tryRoles } from './pair-role.ts';
import { readSuspended, suspend } from './scalable-target.ts';
import { logger, step } from './step.ts';
import { changeRelease, readRelease } from './table/releases.ts';

type Note = (scaling: ScaledTarget['scaling'], line?: string) => Promise<ReleaseRecord>;

/** Suspends the scaling of a service. What was before is written first: whoever comes after a crash restores it. */
const suspendTarget = async (release: Release, target: ScaledTarget, note: Note) => {
  const order = suspension(target.scaling ?? {}, await readSuspended(release, target));
  if (order.do === 'leave') await note({ left: order.why }, `is left alone: ${order.why}`);
  if (order.do !== 'set') return;
  const { decision } = await note({ before: order.before }, 'is suspended while traffic moves');
  if (decision !== 'rollback') await suspend(release, target, order.state);
};

/** Restores the scaling of a service. That it cannot be is no reason to go back: the end says so, with the command. */
const restoreTarget = async (release: Release, target: ScaledTarget, note: Note) => {
  const { registration, scaling: { before, failed } = {} } = target;
  if (!before) return;
  try {
    const order = restoration(before, await readSuspended(release, target));
    if (order.do === 'set') await suspend(release, target, order.state);
    if (order.do === 'leave') await note({ left: order.why }, `is left alone: ${order.why}`);
    else await note(undefined, 'is as it was before');
  } catch (error) {
    const why = errorText(error);
    logger.warn('scaling not restored', { service: registration.service, why });
    await note(
      { before, failed: { tries: (failed?.tries ?? 0) + 1, why } },
      `could not be restored: ${why}. By hand: ${restoreCommand(registration, before)}`,
    );
  }
};

/** Suspends Application Auto Scaling of the release's services, or restores what was before, as the phase of the record wants. */
export const handler = step(
  SetScaling,
  async ({ pair, release, now }) => {
    const record = await readRelease(pair, release);
    const suspended = wantsSteady(record);
    for (const target of scaledTargets(record)) {
      const note: Note = (scaling, line) =>
        changeRelease(pair, release, (current) => withTarget(current, target.name, { scaling }), {
          at: now,
          line: () => line && `${target.name}: Application Auto Scaling ${line}`,
        });
      await (suspended ? suspendTarget : restoreTarget)({ pair, release }, target, note);
    }
    return { suspended };
  },
  tryRoles,
);

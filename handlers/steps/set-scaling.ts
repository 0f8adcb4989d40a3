import type { Data } from '../../core/facts/kinds.ts';
import { type ReleaseRecord, withTarget } from '../../core/record/record.ts';
import {
  isSuspended,
  RESTORE_TRIES,
  restoration,
  restoreCommand,
  type ScaledTarget,
  type SuspendedState,
  scaledTargets,
  suspension,
  wantedScaling,
} from '../../core/record/scaling.ts';
import { SetScaling } from '../../core/steps/set-scaling.ts';
import { errorText, TryAgainError } from '../../core/text/errors.ts';
import { type Release, tryRoles } from '../drivers/pair-role.ts';
import { readSuspended, suspend } from '../drivers/scalable-target.ts';
import { logger } from '../function/log.ts';
import { isPassing } from '../function/retryable.ts';
import { step } from '../function/step.ts';
import { readOwned } from '../releases/owned.ts';
import { changeRelease } from '../table/releases.ts';
import { keepScaling, keptScaling } from '../table/scaling.ts';

type Note = (
  scaling: ScaledTarget['scaling'],
  told: Omit<Data<'scaling'>, 'target'>,
) => Promise<ReleaseRecord>;

/** For which release the scaling of a target is set, and how that is noted. */
interface About {
  readonly release: Release;
  /** How often the machine has tried already. */
  readonly tries: number;
  readonly note: Note;
}

/** Whether the next try may do better: throttled, not there, or somebody else changes the same target. */
const mayPass = (error: unknown): boolean =>
  isPassing(error) || (error as Error).name === 'ConcurrentUpdateException';

/** What was suspended before: as the record says, or an earlier release that could not restore it. */
const beforeOf = async ({ pair }: Release, { name, scaling }: ScaledTarget, now: SuspendedState) =>
  scaling?.before ?? (isSuspended(now) ? await keptScaling(pair, name) : undefined);

/** Suspends the scaling of a service. What was before is written first: whoever comes after a crash restores it. */
const suspendTarget = async (target: ScaledTarget, { release, note }: About) => {
  const current = await readSuspended(release, target);
  const before = current && (await beforeOf(release, target, current));
  const order = suspension(before ? { before } : {}, current);
  if (order.do === 'leave') await note({ left: order.why }, { did: 'left', why: order.why });
  if (order.do === 'nothing')
    await note(
      { before: before! },
      { did: target.scaling ? 'suspended-still' : 'suspended-before' },
    );
  if (order.do !== 'set') return;
  await keepScaling(release.pair, target.name, order.before);
  const { decision } = await note({ before: order.before }, { did: 'suspended' });
  if (decision !== 'rollback') await suspend(release, target, order.state);
};

/** Restores the scaling of a service. That it cannot be is no reason to roll back: the end says so, with the command. */
const restoreTarget = async (target: ScaledTarget, { release, tries, note }: About) => {
  const { registration, scaling: { before, failed } = {} } = target;
  if (!before) return;
  try {
    const order = restoration(before, await readSuspended(release, target));
    if (order.do === 'set') await suspend(release, target, order.state);
    // Forgotten before the record says so: a try after a failure in between comes here again.
    await keepScaling(release.pair, target.name, undefined);
    if (order.do === 'leave') await note({ left: order.why }, { did: 'left', why: order.why });
    else await note(undefined, { did: 'restored' });
  } catch (error) {
    const why = errorText(error);
    if (tries < RESTORE_TRIES && mayPass(error)) throw new TryAgainError(why);
    logger.warn('scaling not restored', { service: registration.service, why });
    await note(
      { before, failed: { tries: (failed?.tries ?? 0) + 1, why } },
      { did: 'failed', why, run: restoreCommand(target, before) },
    );
  }
};

/** Suspends the automatic scaling of the release's services, or restores what was before, as the phase of the record wants. */
export const handler = step(
  SetScaling,
  async ({ now, tries, ...about }) => {
    const { pair, release } = about;
    const record = await readOwned(about);
    const wanted = wantedScaling(record);
    if (wanted === 'unchanged') return { suspended: false };
    const suspended = wanted === 'suspended';
    for (const target of scaledTargets(record)) {
      const note: Note = (scaling, told) =>
        changeRelease(pair, release, (current) => withTarget(current, target.name, { scaling }), {
          at: now,
          fact: () => ({ kind: 'scaling', data: { target: target.name, ...told } }),
        });
      await (suspended ? suspendTarget : restoreTarget)(target, {
        release: { pair, release },
        tries,
        note,
      });
    }
    return { suspended };
  },
  tryRoles,
);

/** How a hook is handed to the release, which answers it. */

import { holdsOf } from '../drivers/drivers.ts';
import { lastTold } from '../record/last-told.ts';
import {
  type HeldHook,
  movingTargets,
  type ReleaseRecord,
  type TargetRecord,
} from '../record/record.ts';
import { toMoment } from '../text/time.ts';
import { barrierHook } from './hook-answers.ts';

/** The start of a hook's event: as the platform shows it (milliseconds since 1970), or else the latest moment that is sure to be before it. */
export const hookBegan = (
  record: Pick<ReleaseRecord, 'facts' | 'times'>,
  startedAt: number | undefined,
): string => (startedAt === undefined ? lastTold(record) : toMoment(startedAt));

/** Whether the release takes no hook any more. */
export const refusesHooks = ({ decision, end }: ReleaseRecord): boolean =>
  decision === 'rollback' || end !== undefined;

/** Whether the release knows this call of a hook. */
export const knowsHook = ({ hooks }: ReleaseRecord, { executionId }: HeldHook): boolean =>
  hooks.some((held) => held.executionId === executionId);

/** The record with a hook that it answers from now on; unchanged where it refuses it, or knows it. */
export const withHeldHook = (record: ReleaseRecord, hook: HeldHook): ReleaseRecord =>
  refusesHooks(record) || knowsHook(record, hook)
    ? record
    : { ...record, hooks: [...record.hooks, hook] };

/**
 * Whether a release that now knows a hook polls at once. The first target at its barrier waits for the others, and what
 * AWS says of its arrival is read with theirs.
 */
export const isAwaited = (record: ReleaseRecord, { event }: Pick<HeldHook, 'event'>): boolean => {
  const moving = movingTargets(record);
  const isBarrier = moving.some((target) => holdsOf(target).barrier.event === event);
  const isOnTheWay = (target: TargetRecord) =>
    target.forward !== undefined && barrierHook(record, target) === undefined;
  return refusesHooks(record) || !isBarrier || !moving.some(isOnTheWay);
};

import type { HookAnswer } from '../drivers/driver.ts';
import { holdsOf } from '../drivers/drivers.ts';
import { type HeldHook, hookOf, type ReleaseRecord, type TargetRecord } from '../record/record.ts';

/** The hook of a target's barrier, once it is held. */
export const barrierHook = (
  record: Pick<ReleaseRecord, 'hooks'>,
  target: Pick<TargetRecord, 'registration' | 'forward'>,
): HeldHook | undefined => hookOf(record, target.forward, holdsOf(target).barrier.event);

/** Whether a target is known to be lost: its barrier had failed before the release answered. */
export const hasLostBarrier = ({
  hooks,
  targets,
}: Pick<ReleaseRecord, 'hooks' | 'targets'>): boolean => {
  const barriers = Object.values(targets).map((target) => holdsOf(target).barrier.event);
  return hooks.some(({ event, answer }) => barriers.includes(event) && answer === 'Failed');
};

/** The record with what the platform holds for hooks now: for all calls of one event, or for one call. */
export const withAnswer = (
  record: ReleaseRecord,
  of: Pick<HeldHook, 'deploymentId' | 'event'> | Pick<HeldHook, 'executionId'>,
  answer: HookAnswer,
): ReleaseRecord => {
  const isMeant = (hook: HeldHook): boolean =>
    'executionId' in of
      ? hook.executionId === of.executionId
      : hook.deploymentId === of.deploymentId && hook.event === of.event;
  return {
    ...record,
    hooks: record.hooks.map((hook) => (isMeant(hook) ? { ...hook, answer } : hook)),
  };
};

/** The common start: only when every target is held is the shift of all of them started. */

import { holdsOf } from '../drivers/drivers.ts';
import { isStopped } from '../record/pending-commands.ts';
import {
  type HeldHook,
  hookOf,
  movingTargets,
  type ReleaseRecord,
  type TargetRecord,
  withTarget,
} from '../record/record.ts';

/** A target without a hook of its own at the start is held by a wait, which the protocol has seen; one that was released needs no hold. */
const isHeld = (record: ReleaseRecord, target: TargetRecord): boolean => {
  const { start } = holdsOf(target);
  return (
    target.released ||
    start.by !== 'hook' ||
    hookOf(record, target.forward, start.event) !== undefined
  );
};

/** Whether nothing speaks against the start: no decision, no end, no command of a person. */
const mayBegin = (record: ReleaseRecord): boolean =>
  record.decision === 'none' && record.end === undefined && !isStopped(record);

/** The record of a release whose common start begins; unchanged where it has begun, or may not. */
export const starting = (record: ReleaseRecord, now: string): ReleaseRecord =>
  record.times.shifted || !mayBegin(record)
    ? record
    : { ...record, phase: 'Shifting', times: { ...record.times, shifted: now } };

/** Whether targets may be released now. A start that has released one releases all: half a start is worse than a late hold. */
export const mayLetGo = (record: ReleaseRecord): boolean => {
  const moving = movingTargets(record);
  const hasBegun = moving.some((target) => target.released);
  const isFree = hasBegun ? record.decision === 'none' && !record.end : mayBegin(record);
  return isFree && moving.every((target) => isHeld(record, target));
};

/**
 * The record before the word that lets a target go: from now on users may meet its green. Unchanged where that may not
 * happen any more: a person's command counts from the moment at which it was taken.
 */
export const lettingGo = (record: ReleaseRecord, name: string): ReleaseRecord =>
  mayLetGo(record) ? withTarget(record, name, { shifted: true }) : record;

/** The record after the word that lets a target go was taken. */
export const released = (record: ReleaseRecord, target: TargetRecord): ReleaseRecord => {
  const { start } = holdsOf(target);
  const isStart = ({ deploymentId, event }: HeldHook): boolean =>
    start.by === 'hook' && deploymentId === target.forward && event === start.event;
  return {
    ...withTarget(record, target.name, { released: true }),
    hooks: record.hooks.map((hook) =>
      isStart(hook) && hook.answer === undefined ? { ...hook, answer: 'Succeeded' as const } : hook,
    ),
  };
};

/** The record of a target that ended before the word reached it: users never met its green. What is still held stays held. */
export const notLetGo = (record: ReleaseRecord, name: string): ReleaseRecord =>
  withTarget(record, name, { shifted: false });

import { barrierHook } from '../deployments/hook-answers.ts';
import {
  isActive,
  mayGoBackUnseen,
  type Observation,
  READING_SECONDS,
  type TargetObservation,
} from '../deployments/observation.ts';
import { holdsOf } from '../drivers/drivers.ts';
import { withReading } from '../record/green-start.ts';
import { hookOf, movingTargets, type ReleaseRecord, type TargetRecord } from '../record/record.ts';
import { seconds, toMilliseconds, toMoment } from '../text/time.ts';

/** A target's state in the words of the deployment it follows now. */
const statusOf = ({ forward, back }: TargetObservation): string => {
  if (back) return `rolling back: ${back.status}`;
  if (!forward) return 'not started';
  return forward.state === 'committed' ? 'guarded' : forward.status;
};

/**
 * Whether the reading shows the target where the decision wants it, with nothing under way. A target that was never
 * deployed to is where it should be, whatever others have made of it meanwhile.
 */
const isWhereWanted = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
  now: number,
): boolean => {
  if (record.decision === 'promote') {
    return reading.live === target.to?.name && reading.forward?.state === 'done';
  }
  if (isActive(reading.forward) || isActive(reading.back) || mayGoBackUnseen(reading, now)) {
    return false;
  }
  return reading.forward === undefined || reading.live === (target.from?.name ?? reading.live);
};

/**
 * The row of equal readings, with this one if it is as wanted. Events wake a release at any moment: a reading that comes
 * too soon after the last one that was counted says nothing new, and is not counted.
 */
const rowOf = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
  now: number,
): Pick<TargetRecord, 'equalReads' | 'countedAt'> => {
  const { equalReads, countedAt } = target;
  if (!isWhereWanted(record, target, reading, now)) return { equalReads: 0 };
  const isSoon =
    equalReads > 0 &&
    countedAt !== undefined &&
    now - toMilliseconds(countedAt) < seconds(READING_SECONDS);
  return isSoon ? { equalReads } : { equalReads: equalReads + 1, countedAt: toMoment(now) };
};

/** Since when the target has served what it serves; undefined while others deploy to it. */
const liveSinceOf = (
  { lane, liveSince }: TargetRecord,
  { live, foreign }: TargetObservation,
  now: number,
): string | undefined => {
  if (foreign !== undefined) return undefined;
  return lane.live === live && liveSince !== undefined ? liveSince : toMoment(now);
};

const absorbTarget = (
  record: ReleaseRecord,
  { unread: _, ...target }: TargetRecord,
  reading: TargetObservation,
  now: number,
): TargetRecord => {
  const forward = target.forward ?? reading.forward?.id;
  const barrier = hookOf(record, forward, holdsOf(target).barrier.event);
  const startedAt = reading.forward?.holds.barrier?.since;
  // The bake is measured by what the platform shows. Until its view has the start, this look is the earliest that is sure.
  const arrivedAt =
    barrier && startedAt !== undefined
      ? toMoment(startedAt)
      : (target.arrivedAt ?? (barrier ? toMoment(now) : undefined));
  return {
    ...target,
    ...(forward === undefined ? {} : { forward, launched: target.launched ?? toMoment(now) }),
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    // Traffic that others moved to our revision before our deployment was there is not our shift.
    shifted: target.shifted || (forward !== undefined && reading.share > 0),
    // A share before the deployment has begun to move traffic is somebody else's doing, or a view that lags.
    released: target.released || (reading.share > 0 && !reading.forward?.unmoved),
    ...(reading.groups ? { groups: { ...target.groups, ...reading.groups } } : {}),
    ...(reading.green ? { green: withReading(target.green, reading.green) } : {}),
    liveSince: liveSinceOf(target, reading, now),
    lane: {
      live: reading.live,
      share: reading.share,
      ...(reading.shares ? { shares: reading.shares } : {}),
      status: statusOf(reading),
    },
    ...rowOf(record, target, reading, now),
  };
};

/** Writes what was read into the record; decides nothing. */
export const absorb = (record: ReleaseRecord, observation: Observation): ReleaseRecord => {
  const targets = { ...record.targets };
  for (const target of movingTargets(record)) {
    const reading = observation.targets[target.name];
    const unread = observation.unread?.[target.name];
    if (reading) targets[target.name] = absorbTarget(record, target, reading, observation.now);
    else if (unread) targets[target.name] = { ...target, unread, equalReads: 0 };
  }
  const after = { ...record, targets };
  const moving = movingTargets(after);
  const times = { ...record.times };

  if (moving.length > 0 && moving.every(({ arrivedAt }) => arrivedAt !== undefined)) {
    times.held = moving
      .map(({ arrivedAt }) => arrivedAt!)
      .sort()
      .at(-1)!;
  }
  const unanswered = moving.some((target) => {
    const hook = barrierHook(record, target);
    return !hook || hook.answer === undefined;
  });
  if (record.decision === 'promote' && !unanswered) {
    times.guarded ??= toMoment(observation.now);
  }
  if (record.decision === 'rollback' && moving.every(({ equalReads }) => equalReads > 0)) {
    times.allBack ??= toMoment(observation.now);
  }
  return { ...after, times };
};

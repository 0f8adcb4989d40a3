/** Says what a release waits for, out of its record. */
import { describeCurve, minutesToShift } from '../core/curve.ts';
import { isStaged } from '../core/holds.ts';
import { minutes, toMilliseconds } from '../core/moments.ts';
import { READINGS } from '../core/observation.ts';
import { PHASES, type Phase } from '../core/phase.ts';
import { guardEnd } from '../core/phases/guarding.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../core/record.ts';

/** Release time as minutes and seconds: `04:30`. */
export const clockText = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
};

/** A moment on the clock of the release. */
const clockOf = ({ times }: ReleaseRecord, moment: number): string =>
  clockText((moment - toMilliseconds(times.started)) / 1000);

const names = (targets: readonly TargetRecord[]): string =>
  targets.map(({ name }) => name).join(' and ');

/** Readings that must show every target where it belongs: `…, read 3 times in a row: web 1, api 2`. */
const readings = (what: string, targets: readonly TargetRecord[]): string =>
  `${what}, read ${READINGS} times in a row: ${targets
    .map(({ name, equalReads }) => `${name} ${Math.min(equalReads, READINGS)}`)
    .join(', ')}`;

const whileStaging = (record: ReleaseRecord): string | undefined => {
  const unready = movingTargets(record).filter(
    (target) => isStaged(target) && target.lane.status !== 'Ready',
  );
  return unready.length > 0 ? `green of ${names(unready)} to become ready` : undefined;
};

const whileAsking = (record: ReleaseRecord): string | undefined => {
  const { approval, commands } = record;
  if (commands.hold) return 'a person who resumes it';
  return approval?.state === 'pending'
    ? `a person who approves it, until ${clockOf(record, toMilliseconds(approval.expiresAt))}`
    : undefined;
};

const whileShifting = (record: ReleaseRecord): string | undefined => {
  const moving = movingTargets(record);
  const { times, curve } = record;
  if (moving.some(({ released }) => !released)) return 'both sides to be held for the common start';
  const travelling = moving.filter(({ arrivedAt }) => arrivedAt === undefined);
  if (travelling.length === 0 || times.shifted === undefined) return undefined;
  const about = toMilliseconds(times.shifted) + minutes(minutesToShift(curve));
  return `all traffic of ${names(travelling)}, about ${clockOf(record, about)} (${describeCurve(curve)})`;
};

const whileHolding = (record: ReleaseRecord): string | undefined => {
  const { times, policy, commands } = record;
  if (commands.hold) return 'a person who resumes it';
  if (times.held === undefined) return undefined;
  const end = toMilliseconds(times.held) + minutes(policy.bakeMinutes);
  return `the end of the bake at ${clockOf(record, end)}`;
};

const whileGuarding = (record: ReleaseRecord): string => {
  const end = guardEnd(record);
  if (end === undefined) return 'the barriers to be answered';
  return record.times.guardEnded === undefined
    ? `the end of the guard at ${clockOf(record, end)}`
    : readings('the new revisions', movingTargets(record));
};

const whileGoingBack = (record: ReleaseRecord): string | undefined => {
  const moved = movingTargets(record).filter(({ to }) => to !== undefined);
  return record.takenBack ? undefined : readings('the old revisions', moved);
};

const WAITS: Partial<Record<Phase, (record: ReleaseRecord) => string | undefined>> = {
  Waiting: () => 'the release before it',
  Staging: whileStaging,
  Proving: () => 'the checks of green',
  Asking: whileAsking,
  Shifting: whileShifting,
  Holding: whileHolding,
  Guarding: whileGuarding,
  RollingBack: whileGoingBack,
};

/** What a release does now, in a sentence: what it waits for, or else what its phase means. */
export const nowText = (record: ReleaseRecord): string => {
  const wait = WAITS[record.phase]?.(record);
  return wait ? `waits for ${wait}` : PHASES[record.phase];
};

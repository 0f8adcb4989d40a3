/** The laws of a release while it is under way: of its promotion, of its guard, and of what users meet. */
import { BARRIER } from '../../../core/drivers/codedeploy/events.ts';
import { isStopped } from '../../../core/record/pending-commands.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { minutes, toMilliseconds } from '../../../core/text/time.ts';
import type { Alarm } from './alarms.ts';
import type { Deployment } from './deployment.ts';
import type { Party } from './world.ts';

/** Watches a release. */
export const promisesOf = (about: {
  readonly now: () => number;
  readonly parties: readonly Party[];
  readonly forwardOf: (party: Party) => Deployment | undefined;
  readonly alarm: Alarm;
  readonly wrong: Set<string>;
}) => {
  const { now, parties, forwardOf, alarm, wrong } = about;
  /** When the alarms were read, in milliseconds since 1970. */
  let firstLook: number | undefined;
  let lastLook = Number.NEGATIVE_INFINITY;
  let told = 0;

  const countsAlarms = ({ intent }: ReleaseRecord) => intent === 'release';

  /** The decision to promote comes after the whole bake by CodeDeploy's own clock, or on a person's word. */
  const onPromotion = (record: ReleaseRecord): void => {
    if (record.commands.promote) return;
    const arrivals = parties.map(
      (party) => forwardOf(party)?.events[BARRIER]?.startedAt ?? Number.POSITIVE_INFINITY,
    );
    const end = Math.max(...arrivals) + minutes(record.policy.bakeMinutes);
    if (now() < end) wrong.add('the bake was cut short');
    if (countsAlarms(record) && record.policy.bakeMinutes > 0 && lastLook < end)
      wrong.add('a release was promoted without a poll of the alarms after its bake');
  };

  const guardEndOf = ({ times, policy }: ReleaseRecord): number =>
    toMilliseconds(times.guarded!) + minutes(policy.guardMinutes);

  const onGuardEnded = (record: ReleaseRecord): void => {
    if (now() < guardEndOf(record)) wrong.add('the guard was cut short');
    if (countsAlarms(record) && lastLook < guardEndOf(record))
      wrong.add('the guard was ended without a poll of the alarms after it');
  };

  return {
    /** The alarms are read. */
    look: (): void => {
      firstLook ??= now();
      lastLook = now();
    },
    /** People are told of the end. */
    tell: (): void => {
      told += 1;
    },
    onChange: (before: ReleaseRecord, after: ReleaseRecord): void => {
      if (before.decision === 'none' && after.decision === 'promote') onPromotion(before);
      if (!before.times.guardEnded && after.times.guardEnded) onGuardEnded(after);
      const isFirst = Object.values(before.targets).every(({ shifted }) => !shifted);
      const begins = isFirst && Object.values(after.targets).some(({ shifted }) => shifted);
      const isMet = parties.some(({ name, group }) =>
        group.traffic().has(after.targets[name]!.to!.name),
      );
      if (begins && !isMet && isStopped(before))
        wrong.add('the start was begun although a person had stopped it');
      if (!before.closed && after.closed && told === 0)
        wrong.add('a release was closed before its end was told');
    },
    /** Whether an alarm was red between the first look and the end of the guard. */
    wasRed: (record: ReleaseRecord): boolean =>
      countsAlarms(record) &&
      firstLook !== undefined &&
      record.times.guarded !== undefined &&
      alarm.wasRed(firstLook, guardEndOf(record)),
    /** No user may meet green before it is proven and, where that is asked for, approved. */
    watchTraffic: (record: ReleaseRecord): void => {
      if (record.end) return;
      const isProven =
        record.intent === 'rollback' ||
        record.proof?.verdict === 'pass' ||
        (record.proof?.verdict === 'inconclusive' && record.policy.unproven === 'proceed');
      const isApproved = record.policy.approval === 'none' || record.approval?.state === 'approved';
      for (const { name, group, side } of parties) {
        const wanted = record.targets[name]!.to!.name;
        if (side.goOn !== undefined || !group.traffic().has(wanted)) continue;
        if (!isProven) wrong.add('users met green before it was proven');
        if (!isApproved) wrong.add('users met green before it was approved');
      }
    },
  };
};

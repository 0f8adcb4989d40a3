import { asItWas, asTold, mayHaveBeenRed } from '../../core/alarms/alarm-past.ts';
import { type AlarmReading, checkAlarms, dataOf } from '../../core/alarms/alarms.ts';
import { tellsOfGreen } from '../../core/alarms/green.ts';
import { hasCalmed, isExcused, withCalmed } from '../../core/alarms/known-red.ts';
import { strayedAlarms } from '../../core/alarms/version-alarms.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { type Vote, vote } from '../../core/record/vote.ts';
import { reason } from '../../core/release/reason.ts';
import { fail, inconclusive, pass, type Verdict, worst } from '../../core/release/verdict.ts';
import { errorText } from '../../core/text/errors.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { isPassing } from '../function/retryable.ts';
import { readAlarms, readSteps } from '../reading/alarms.ts';

/** That the alarms cannot be read now says nothing of them; a refusal is a failure. */
const unread = (error: unknown): Verdict => {
  if (!isPassing(error)) throw error;
  return inconclusive(reason('not-read', `The alarms could not be read: ${errorText(error)}`));
};

/** An alarm as it counts now. */
interface Read {
  readonly alarm: AlarmReading;
  /** It was red at the start, as a person knew, and has been OK since the last poll. */
  readonly calmed?: true;
  /** It does not count in this release. */
  readonly excused?: true;
}

/** An alarm that does not count. One that was red at the start counts once it has been OK, unless it watches blue. */
const readExcused = async (record: ReleaseRecord, alarm: AlarmReading): Promise<Read> => {
  const { times, alarmsSeen, underRed } = record;
  if (!underRed?.excused.includes(alarm.name)) return { alarm, excused: true };
  const seen = alarmsSeen ?? underRed.at ?? times.started;
  const changed = toMilliseconds(alarm.since) >= toMilliseconds(seen);
  const steps = changed ? await readSteps(alarm.name, seen) : [];
  if (!hasCalmed(record, alarm, steps)) return { alarm, excused: true };
  const calmed: Read = { alarm, calmed: true };
  return isExcused(withCalmed(record, [alarm.name]), alarm) ? { ...calmed, excused: true } : calmed;
};

/** Reads the alarms, and of those that have changed since the last poll, whether they were red in between. */
const read = async (record: ReleaseRecord): Promise<readonly Read[]> => {
  const { alarms, alarmsSeen: seen } = record;
  return Promise.all(
    (await readAlarms(alarms)).map(async (alarm): Promise<Read> => {
      if (isExcused(record, alarm)) return readExcused(record, alarm);
      const past = mayHaveBeenRed(alarm, seen)
        ? asItWas(alarm, await readSteps(alarm.name, seen!), seen!)
        : alarm;
      return { alarm: asTold(past, record) };
    }),
  );
};

/**
 * The vote of the alarms of the pair: what they say now, and what they said since the last poll. Users of a target that
 * is left alone meet the target that moves.
 */
export const voteOfAlarms = async (record: ReleaseRecord, now: string): Promise<Vote> => {
  // After the guard a red alarm is a new incident, not this release's.
  if (record.times.guardEnded) return vote('alarms', pass);
  const found = await read(record).catch(unread);
  if ('verdict' in found) return vote('alarms', found);
  const excused = found.flatMap(({ alarm, excused }) => (excused ? [alarm.name] : []));
  const calmed = found.flatMap(({ alarm, calmed }) => (calmed ? [alarm.name] : []));
  const alarms = found.flatMap(({ alarm, excused }) => (excused ? [] : [alarm]));
  const names = record.alarms.filter((name) => !excused.includes(name));
  const watched = { targets: Object.values(record.targets), tellsOfGreen: tellsOfGreen(record) };
  // Before the shift no alarm has anything to watch yet, and its change may not be seen everywhere.
  const strayed = record.times.shifted
    ? strayedAlarms(
        record,
        found.map(({ alarm }) => alarm),
      )
    : [];
  const verdict = checkAlarms(names, alarms, 'under-way', watched);
  return {
    ...vote('alarms', strayed.length > 0 ? worst([verdict, fail(...strayed)]) : verdict),
    ...(calmed.length > 0 ? { calmed } : {}),
    at: now,
    // Before users meet green there is nothing that an alarm could have data of.
    ...(record.times.shifted ? { data: dataOf(alarms, watched.tellsOfGreen) } : {}),
  };
};

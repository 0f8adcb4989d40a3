import * as z from 'zod/mini';
import { goesBack } from '../release/intent.ts';
import { AlarmData, JudgedState, RestsOn } from '../release/judged.ts';
import { distinct, type Reason } from '../release/reason.ts';
import { Verdict } from '../release/verdict.ts';
import { Moment, Name, Text } from '../text/schema.ts';
import { toMilliseconds } from '../text/time.ts';
import type { ReleaseRecord } from './record.ts';

/** Who speaks for or against a release while it is under way. */
const Voter = z.enum(['people', 'alarms', 'judge', 'targets']);

/** A verdict, and who says it. A decision reads a list of these and nothing else. */
export const Vote = z.strictObject({
  by: Voter,
  ...Verdict.shape,
  /** When the look began that it rests on; left out where nothing could be read. */
  at: z.optional(Moment),
  /** What was found, in a sentence for each thing, whatever comes of it. */
  says: z.optional(z.array(Text)),
  /** Alarms that were red at the start, as a person knew, and have been OK since. */
  calmed: z.optional(z.array(Text)),
  /** The judge: how far each target could be judged. */
  judged: z.optional(z.record(Name, JudgedState)),
  /** The judge: what its verdict rests on; left out where that could not be kept. */
  restsOn: z.optional(RestsOn),
  /** The alarms: how many of those that watch green had enough data. */
  data: z.optional(AlarmData),
  /** What would have let it see more; of use only where the release does not roll back. */
  advice: z.optional(z.array(Text)),
});
export type Vote = z.infer<typeof Vote>;

/** A vote of this verdict. */
export const vote = (by: Vote['by'], { verdict, reasons }: Verdict): Vote => ({
  by,
  verdict,
  reasons,
});

/**
 * What counts of the votes that steps give: all until the guard has ended, then none, since blue is gone and a red alarm
 * is a new incident, not this release's. In a release that rolls back none ever counts: there the incident came first.
 */
export const heard = (
  record: Pick<ReleaseRecord, 'intent' | 'times'>,
  given: readonly Vote[],
): readonly Vote[] => (goesBack(record) || record.times.guardEnded !== undefined ? [] : given);

/**
 * Whether the alarms were looked at at `moment` (milliseconds since 1970) or later: what happened before an older look
 * nobody knows. Of a release that rolls back they do not count.
 */
export const lookedAfter = (
  record: Pick<ReleaseRecord, 'intent' | 'alarmsSeen'>,
  moment: number,
): boolean =>
  goesBack(record) ||
  (record.alarmsSeen !== undefined && toMilliseconds(record.alarmsSeen) >= moment);

/** Whether one of the voters is against the release. */
export const isOpposed = (votes: readonly Vote[]): boolean =>
  votes.some(({ verdict }) => verdict === 'fail');

/** Distinct reasons of all votes that say this, in the order of the votes: two voters may have seen the same alarm. */
export const reasonsOf = (votes: readonly Vote[], said: Vote['verdict']): readonly Reason[] =>
  distinct(votes.filter(({ verdict }) => verdict === said).flatMap(({ reasons }) => reasons));

/** What the judge decides on the releases of a file; of a service whose past is in the file it learns first. */
import { stretchesOf } from '../core/analysis/bin.ts';
import { binsOfTally, type Series, type Tally } from '../core/analysis/tally.ts';
import { emptyProfile, type Profile, withRelease } from '../core/analysis/warm-up.ts';
import type { Judge } from './bundled-judge.ts';
import type { Past } from './file.ts';
import { type Decision, decisionAt } from './replay.ts';
import { marksOfTrace, tallyOf } from './trace.ts';

/** What the good releases of a history teach of how their service starts; undefined when there are none. */
export const profileOf = (history: readonly Past[]): Profile | undefined => {
  const good = history.filter(({ label }) => label === 'good');
  const first = good[0];
  if (!first) return undefined;
  const marks = Math.max(...good.map(({ trace }) => marksOfTrace(trace)));
  return good.reduce(
    (profile, { trace, lengths }) =>
      withRelease(profile, stretchesOf(binsOfTally(tallyOf(trace, lengths)))),
    emptyProfile(first.lengths.counts, marks),
  );
};

/** A release with what was decided on it. */
export interface Decided extends Decision {
  readonly past: Past;
}

/** A tally as it was at a second: what was complete by then. */
const until = ({ errors, slow }: Tally, second: number): Tally => {
  const cut = ({ seconds, rows }: Pick<Series, 'seconds' | 'rows'>): Series => ({
    seconds,
    rows: rows.filter(([number = 0]) => (number + 1) * seconds <= second),
  });
  return { errors: cut(errors), ...(slow ? { slow: { ...slow, ...cut(slow) } } : {}) };
};

/** The second at which a judge has decided to take green back; undefined if it has not. */
const decidedAt = async (judge: Judge, tally: Tally, profile: Profile | undefined) => {
  const { verdict, reasons } = await judge({ tally, profile });
  return verdict === 'fail' ? reasons[0]?.figures?.second : undefined;
};

/**
 * Decides on every release that is not there to be learned from, in the order of the file. The judge takes rows in the
 * order of time, so one call tells the second of its decision; it is asked again as of that second, and as of the row before,
 * and must not have known more than that. Throws if it has.
 */
export async function* decisionsOn(pasts: readonly Past[], judge: Judge): AsyncGenerator<Decided> {
  const profiles = new Map<Past['service'], Profile | undefined>();
  for (const past of pasts) {
    if (past.part === 'history') continue;
    const { service, trace, lengths, id } = past;
    if (service !== undefined && !profiles.has(service))
      profiles.set(
        service,
        profileOf(pasts.filter((one) => one.service === service && one.part === 'history')),
      );
    const profile = profiles.get(service);
    const tally = tallyOf(trace, lengths);
    const second = await decidedAt(judge, tally, profile);
    if (second !== undefined) {
      const then = await decidedAt(judge, until(tally, second), profile);
      const before = await decidedAt(judge, until(tally, second - 0.001), profile);
      if (then !== second || before !== undefined)
        throw new Error(`${id}: what came later has changed what was decided at second ${second}`);
    }
    yield { past, ...decisionAt(trace, lengths, second) };
  }
}

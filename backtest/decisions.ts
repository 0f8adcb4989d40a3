/** What the judge decides on the releases of a file; of a service whose past is in the file it learns first. */
import { stretchesOf } from '../core/analysis/bin.ts';
import type { Judgement } from '../core/analysis/judge.ts';
import { binsOfTally } from '../core/analysis/tally.ts';
import { emptyProfile, learnedOf, type Profile, withRelease } from '../core/analysis/warm-up.ts';
import type { Past } from './file.ts';
import { type Decision, replay } from './replay.ts';
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

/** Decides on every release that is not there to be learned from, in the order of the file. */
export function* decisionsOn(pasts: readonly Past[], judgement: Judgement): Generator<Decided> {
  const profiles = new Map<Past['service'], Profile | undefined>();
  for (const past of pasts) {
    if (past.part === 'history') continue;
    const { service, trace, lengths } = past;
    if (service !== undefined && !profiles.has(service))
      profiles.set(
        service,
        profileOf(pasts.filter((one) => one.service === service && one.part === 'history')),
      );
    const profile = profiles.get(service);
    yield { past, ...replay(trace, lengths, judgement, profile && learnedOf(profile)) };
  }
}

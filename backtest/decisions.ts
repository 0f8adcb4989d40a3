/** What the judge decides on the releases of a file; of a service whose past is in the file it learns first. */
import { stretchesOf } from '../core/analysis/bin.ts';
import type { Judgement, Learned } from '../core/analysis/judge.ts';
import { learn } from '../core/analysis/warm-up.ts';
import type { Past } from './file.ts';
import { type Decision, replay } from './replay.ts';
import { binsOf, marksOfTrace } from './trace.ts';

/** Learns how a service starts from its good releases of the past. */
const learnedOf = (history: readonly Past[]): Learned | undefined => {
  const good = history.filter(({ label }) => label === 'good');
  const marks = Math.max(0, ...good.map(({ trace }) => marksOfTrace(trace)));
  return learn(
    good.map(({ trace, lengths }) => stretchesOf(binsOf(trace, lengths))),
    marks,
  );
};

/** A release with what was decided on it. */
export interface Decided extends Decision {
  readonly past: Past;
}

/** Decides on every release that is not there to be learned from, in the order of the file. */
export function* decisionsOn(pasts: readonly Past[], judgement: Judgement): Generator<Decided> {
  const learned = new Map<Past['service'], Learned | undefined>();
  for (const past of pasts) {
    if (past.part === 'history') continue;
    const { service, trace, lengths } = past;
    if (service !== undefined && !learned.has(service))
      learned.set(
        service,
        learnedOf(pasts.filter((one) => one.service === service && one.part === 'history')),
      );
    yield { past, ...replay(trace, lengths, judgement, learned.get(service)) };
  }
}

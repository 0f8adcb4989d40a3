/** What another policy would have done with the releases of the past, by what has become of them. */

import type { ReleaseRecord } from '../record/record.ts';
import type { End } from '../release/end.ts';
import { type Fate, fateOf } from '../release/fate.ts';
import { toMilliseconds } from '../text/time.ts';
import type { Replayed } from './replay.ts';

/** A release of the past with what each policy makes of it. */
export interface Compared {
  readonly release: string;
  readonly pair: string;
  readonly started: string;
  readonly end: End | undefined;
  readonly fate: Fate;
  /** Seconds from the first shift to the first bad sign that there was. */
  readonly sign?: number | undefined;
  readonly today: Replayed;
  /** Left out where no change was asked for. */
  readonly changed?: Replayed | undefined;
}

/** A release with what two policies make of it. */
export const comparedOf = (
  record: ReleaseRecord,
  all: readonly ReleaseRecord[],
  today: Replayed,
  changed?: Replayed,
): Compared => {
  const { release, pair, end, times } = record;
  const { started, shifted, firstBadSign } = times;
  const ofPair = all.filter((other) => other.pair === pair);
  return {
    ...{ release, pair, started, end, fate: fateOf(record, ofPair), today, changed },
    sign:
      shifted && firstBadSign
        ? (toMilliseconds(firstBadSign) - toMilliseconds(shifted)) / 1000
        : undefined,
  };
};

/** Releases of one fate: how many there are, and how many of them each policy stops. */
export interface Count {
  readonly releases: number;
  readonly today: number;
  readonly changed: number;
}

/** What the change of a policy comes to. */
export interface Hindsight {
  readonly takenBack: Count;
  readonly undone: Count;
  /** Those that were good, as far as anybody knows: to stop one is wrong. */
  readonly stayed: Count;
  /** Seconds by which it stops sooner than today's policy, the median of those that both stop and that were bad. */
  readonly soonerThanToday?: number | undefined;
  /** Seconds by which it stops sooner than the first bad sign that there was, of those that were rolled back. */
  readonly soonerThanSign?: number | undefined;
  /** Requests of a bad green until it is stopped. */
  readonly exposed: { readonly today: number; readonly changed: number };
}

const median = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

const isStopped = ({ outcome }: Replayed): boolean => outcome === 'stopped';

const gains = (
  all: readonly Compared[],
  from: (one: Compared) => number | undefined,
): readonly number[] =>
  all.flatMap((one) => {
    const { changed = one.today } = one;
    const before = from(one);
    return isStopped(changed) && before !== undefined && changed.second !== undefined
      ? [before - changed.second]
      : [];
  });

/** Sums up what the changed policy would have done; without a change, what today's does. */
export const hindsight = (all: readonly Compared[]): Hindsight => {
  const changedOf = ({ today, changed = today }: Compared) => changed;
  const countOf = (fate: Fate): Count => {
    const those = all.filter((one) => one.fate === fate);
    return {
      releases: those.length,
      today: those.filter(({ today }) => isStopped(today)).length,
      changed: those.filter((one) => isStopped(changedOf(one))).length,
    };
  };
  const bad = all.filter(({ fate }) => fate === 'rolled back' || fate === 'undone');
  const exposed = (of: (one: Compared) => Replayed) =>
    bad.reduce((sum, one) => sum + of(one).green, 0);
  return {
    takenBack: countOf('rolled back'),
    undone: countOf('undone'),
    stayed: countOf('stayed'),
    soonerThanToday: median(
      gains(bad, ({ today }) => (isStopped(today) ? today.second : undefined)),
    ),
    soonerThanSign: median(gains(bad, ({ sign }) => sign)),
    exposed: { today: exposed(({ today }) => today), changed: exposed(changedOf) },
  };
};

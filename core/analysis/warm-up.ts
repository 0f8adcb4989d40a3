/** How a target starts, learned from its past releases that were good. */
import * as z from 'zod/mini';
import type { Stretch } from './bin.ts';
import { type Channel, errorsOf, slowerThan } from './channel.ts';
import type { WarmUp } from './evidence.ts';
import type { Learned } from './judge.ts';

/** Seconds that a warm-up takes at most; later a target is judged as if nothing were known. */
const LONGEST = 180;

/** Length of a slot in seconds, where the counts are as fine. */
const SLOT = 5;

/** About so many releases count: what is older fades. */
const MEMORY = 30;

/** What fades keeps so many digits behind the point: it ends at 0, not in numbers that nobody can store. */
const DIGITS = 1000;

const Count = z.number().check(z.nonnegative());

/** Requests of green and of blue, failures of green and of blue. */
const Cell = z.tuple([Count, Count, Count, Count]);
type Cell = z.infer<typeof Cell>;

/** What past releases had in each slot after their start, summed up: as much as must be kept to go on learning. */
export const Profile = z.strictObject({
  /** Length of a slot in seconds. */
  slot: z.number().check(z.positive()),
  /** Releases that count in it. */
  releases: z.int().check(z.nonnegative()),
  errors: z.array(Cell),
  /** Of each mark of slowness, the lowest first. */
  slow: z.array(z.array(Cell)),
});
export type Profile = z.infer<typeof Profile>;

/** Nothing is learned yet. `seconds` is the length of a stretch, `marks` how many marks of slowness are measured. */
export const emptyProfile = (seconds: number, marks: number): Profile => {
  const slot = Math.max(SLOT, seconds);
  const cells = () => Array.from({ length: Math.ceil(LONGEST / slot) }, (): Cell => [0, 0, 0, 0]);
  return { slot, releases: 0, errors: cells(), slow: Array.from({ length: marks }, cells) };
};

const plus = (
  cells: readonly Cell[],
  slot: number,
  stretches: readonly Stretch[],
  channel: Channel,
): Cell[] => {
  const sums = cells.map((cell): Cell => [...cell]);
  for (const { end, green, blue } of stretches) {
    const [ofGreen, ofBlue] = [channel(green), channel(blue)];
    if (green.requests === 0 || blue.requests === 0) continue;
    const cell = sums[Math.floor((end - 1e-9) / slot)];
    if (!cell || ofGreen === undefined || ofBlue === undefined) continue;
    cell[0] += green.requests;
    cell[1] += blue.requests;
    cell[2] += ofGreen;
    cell[3] += ofBlue;
  }
  return sums;
};

/** Cells in which there is room for one more release. */
const faded = (cells: readonly Cell[], releases: number): readonly Cell[] => {
  const left = (count: number) => Math.round(count * (1 - 1 / MEMORY) * DIGITS) / DIGITS;
  return releases < MEMORY
    ? cells
    : cells.map(([green, blue, ofGreen, ofBlue]) => [
        ...([left(green), left(blue)] as const),
        ...([left(ofGreen), left(ofBlue)] as const),
      ]);
};

/**
 * A profile with what one more good release had while both sides had requests. Once it is full, what was in it shrinks
 * by as much as one release: so the same release for ever makes it what so many of them would have made.
 */
export const withRelease = (profile: Profile, stretches: readonly Stretch[]): Profile => {
  const { releases, slot } = profile;
  const more = (cells: readonly Cell[], channel: Channel) =>
    plus(faded(cells, releases), slot, stretches, channel);
  return {
    ...profile,
    releases: Math.min(MEMORY, releases + 1),
    errors: more(profile.errors, errorsOf),
    slow: profile.slow.map((cells, mark) => more(cells, slowerThan(mark))),
  };
};

/** How what was counted becomes odds ratios. */
export interface StartFit {
  /** Failures, and as many successes, that are added to a cell: so few failures as nothing can be learned from. */
  readonly prior: number;
  /** Whether a start is taken to get better: a slot that looks worse than the one before, as chance may have it, is counted together with it. */
  readonly isFalling: boolean;
}

/** Chosen by cross-validation over services: `npm run bench:judge -- --cross-validate`. @internal */
export const DEFAULT_FIT: StartFit = { prior: 3, isFalling: true };

/**
 * Odds ratio of a cell. Some failures and successes are shared out by requests, so that none divides by 0 and that a
 * cell without failures says 1, however unlike the sides are in size (Sweeting, Sutton and Lambert 2004; half a failure
 * on both sides would say 9 where blue has nine times the requests).
 */
const oddsIn = ([green, blue, greenFailures, blueFailures]: Cell, prior: number): number => {
  if (green === 0 || blue === 0) return 1;
  const all = green + blue;
  const [ofGreen, ofBlue] = [(prior * green) / all, (prior * blue) / all];
  return (
    ((greenFailures + ofGreen) * (blue - blueFailures + ofBlue)) /
    ((green - greenFailures + ofGreen) * (blueFailures + ofBlue))
  );
};

const together = (one: Cell, other: Cell): Cell => [
  ...([one[0] + other[0], one[1] + other[1]] as const),
  ...([one[2] + other[2], one[3] + other[3]] as const),
];

/** Neighbouring slots that are counted together. */
interface Block {
  readonly cell: Cell;
  readonly slots: number;
  readonly odds: number;
}

/** Standard errors from which on a later slot is worse indeed. */
const CLEAR = 2;

/** Variance of ln of a cell's odds ratio, where failures are few. */
const varianceOf = ([green, blue, greenFailures, blueFailures]: Cell, prior: number): number => {
  const each = prior / Math.max(1, green + blue);
  return 1 / (greenFailures + each * green) + 1 / (blueFailures + each * blue);
};

/** Whether a later block is worse than the one before, and may be so by chance. */
const isByChance = (before: Block, later: Block, prior: number): boolean => {
  const rise = Math.log(later.odds / before.odds);
  const variance = varianceOf(before.cell, prior) + varianceOf(later.cell, prior);
  return rise > 0 && !(rise > CLEAR * Math.sqrt(variance));
};

/** Odds ratios that rise with time only where that is clear (pool adjacent violators: Ayer and others 1955). */
const falling = (cells: readonly Cell[], prior: number): readonly number[] => {
  const blocks: Block[] = [];
  for (const cell of cells) {
    let last: Block = { cell, slots: 1, odds: oddsIn(cell, prior) };
    for (
      let before = blocks.at(-1);
      before && isByChance(before, last, prior);
      before = blocks.at(-1)
    ) {
      blocks.pop();
      const sum = together(before.cell, last.cell);
      last = { cell: sum, slots: before.slots + last.slots, odds: oddsIn(sum, prior) };
    }
    blocks.push(last);
  }
  return blocks.flatMap(({ odds, slots }) => Array.from({ length: slots }, () => odds));
};

/** By how much the odds ratio was above 1 in each slot after the start. */
const warmUpOf = (cells: readonly Cell[], slot: number, { prior, isFalling }: StartFit): WarmUp => {
  const odds = isFalling ? falling(cells, prior) : cells.map((cell) => oddsIn(cell, prior));
  const raised = odds.map((ratio) => Math.max(1, ratio));
  return (seconds) => raised[Math.floor(seconds / slot)] ?? 1;
};

/** What a profile teaches; undefined when no release is in it. */
export const learnedOf = (
  { slot, releases, errors, slow }: Profile,
  fit: StartFit = DEFAULT_FIT,
): Learned | undefined =>
  releases === 0
    ? undefined
    : {
        errors: warmUpOf(errors, slot, fit),
        slow: slow.map((cells) => warmUpOf(cells, slot, fit)),
      };

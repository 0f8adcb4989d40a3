/** How a target starts, learned from its past releases that were good. */
import type { Stretch } from './bin.ts';
import { type Channel, errorsOf, slowerThan } from './channel.ts';
import type { WarmUp } from './evidence.ts';
import type { Learned } from './judge.ts';

/** What is asked of the past before it counts. */
export interface Learning {
  /** Length of a slot of the profile in seconds. */
  readonly slot: number;
  /** Seconds that a warm-up takes at most; later a target is judged as if nothing were known. */
  readonly longest: number;
  /** Standard errors that are added to what was seen, since it is an estimate. */
  readonly caution: number;
}

export const LEARNING: Learning = { slot: 5, longest: 180, caution: 0 };

interface Cell {
  green: number;
  blue: number;
  greenFailures: number;
  blueFailures: number;
}

const emptyCell = (): Cell => ({ green: 0, blue: 0, greenFailures: 0, blueFailures: 0 });

/** ln of the odds ratio of a cell with its standard error (Haldane and Anscombe: half a failure more everywhere). */
const logOdds = ({ green, blue, greenFailures, blueFailures }: Cell) => {
  const counts = [greenFailures, green - greenFailures, blueFailures, blue - blueFailures].map(
    (count) => count + 0.5,
  ) as [number, number, number, number];
  const [a, b, c, d] = counts;
  return {
    log: Math.log((a * d) / (b * c)),
    error: Math.sqrt(counts.reduce((sum, count) => sum + 1 / count, 0)),
  };
};

/** The profile of one channel: by how much the odds ratio was above 1 in each slot after the start. */
const profileOf = (
  releases: readonly (readonly Stretch[])[],
  channel: Channel,
  { slot, longest, caution }: Learning,
): WarmUp => {
  const cells = Array.from({ length: Math.ceil(longest / slot) }, emptyCell);
  for (const { end, green, blue } of releases.flat()) {
    const [ofGreen, ofBlue] = [channel(green), channel(blue)];
    const cell = cells[Math.floor((end - 1e-9) / slot)];
    if (!cell || ofGreen === undefined || ofBlue === undefined) continue;
    cell.green += green.requests;
    cell.blue += blue.requests;
    cell.greenFailures += ofGreen;
    cell.blueFailures += ofBlue;
  }
  const raised = cells.map((cell) => {
    const { log, error } = logOdds(cell);
    return Math.max(1, Math.exp(log + caution * error));
  });
  return (seconds) => raised[Math.floor(seconds / slot)] ?? 1;
};

/** Learns from good releases of a target; undefined when there are none. */
export const learn = (
  releases: readonly (readonly Stretch[])[],
  marks: number,
  learning: Learning = LEARNING,
): Learned | undefined =>
  releases.length === 0
    ? undefined
    : {
        errors: profileOf(releases, errorsOf, learning),
        slow: Array.from({ length: marks }, (_, mark) =>
          profileOf(releases, slowerThan(mark), learning),
        ),
      };

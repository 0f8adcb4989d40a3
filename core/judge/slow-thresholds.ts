/** The latency above which an answer counts as slow: quantiles of blue before the release, so that green has no say in it. */
import type { JudgeSettings } from '../release/judge-settings.ts';

/** Values by the start of their period in milliseconds since 1970. */
export type Points = ReadonlyMap<number, number>;

/** The quantiles, as CloudWatch's statistics. */
export const QUANTILES = ['p50', 'p90', 'p99'] as const;

/** Latencies above which an answer counts as slow: one of blue, and the later one of green that means the same. */
export interface Mark {
  readonly blue: number;
  readonly green: number;
}

/** By how much green may be slower. */
export type Slower = Pick<JudgeSettings, 'slowerBy' | 'slowerByPercent'>;

/**
 * The latency of green, in milliseconds, that is worse than this latency of blue by the share and by the amount that the
 * policy names. While no answer of green takes longer than the same answer of blue would by more than that, green has no
 * more answers above it than blue has above its own mark.
 */
export const worseThan = (blue: number, { slowerBy, slowerByPercent }: Slower): number =>
  Math.max(blue * (1 + slowerByPercent / 100), blue + slowerBy);

/** Marks as they are kept, as pairs. Where only one list is kept, it is for both sides. */
export const pairedMarks = ({
  marks,
  greenMarks = marks,
}: {
  readonly marks: readonly number[];
  readonly greenMarks?: readonly number[] | undefined;
}): readonly Mark[] => marks.map((blue, index) => ({ blue, green: greenMarks[index] ?? blue }));

/** Requests before the release that make a mark worth something. */
const FEWEST = 100;

/** Minutes before the release that are asked for. */
export const MINUTES_BEFORE = 60;

/** The value that half of the weight is not above. */
const weightedMedian = (values: readonly (readonly [value: number, weight: number])[]): number => {
  const sorted = [...values].sort(([a], [b]) => a - b);
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let sum = 0;
  return sorted.find(([, weight]) => {
    sum += weight;
    return sum >= half;
  })![0];
};

/**
 * Marks out of the quantiles of each period before the release: their medians, weighted by requests. Any mark that is
 * fixed before green has users is as valid as any other; these are where blue's latency is. Empty when there were too
 * few requests.
 */
export const marksOf = (samples: Points, quantiles: readonly Points[]): readonly number[] => {
  const all = [...samples.values()].reduce((sum, count) => sum + count, 0);
  if (all < FEWEST) return [];
  const marks = quantiles.flatMap((points) => {
    const weighted = [...points].map(([time, value]) => [value, samples.get(time) ?? 0] as const);
    return weighted.length === 0 ? [] : [Number(weightedMedian(weighted).toPrecision(6))];
  });
  return [...new Set(marks)].sort((a, b) => a - b);
};

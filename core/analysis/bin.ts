/** What both sides met in the same stretch of time, by whichever reader: CloudWatch or a file. */

/** Requests to one side in a stretch of time. */
export interface Bin {
  /** Seconds from green's first request to the start of the stretch. */
  readonly start: number;
  /** Its length in seconds. */
  readonly seconds: number;
  readonly side: 'blue' | 'green';
  readonly requests: number;
  /** Failed ones; nothing where the bin is only about how slow they were. */
  readonly errors?: number | undefined;
  /** Requests slower than each mark, the lowest mark first; nothing where nobody measured. Marks are quantiles of blue before the release. */
  readonly slow?: readonly number[] | undefined;
}

/** The same stretch on both sides. */
export interface Stretch {
  /** Seconds from green's first request to the end of the stretch. */
  readonly end: number;
  readonly green: Bin;
  readonly blue: Bin;
}

/** Joins the bins of both sides, in the order of time. A stretch of which only one side is known yet is left out. */
export const stretchesOf = (bins: readonly Bin[]): readonly Stretch[] => {
  const keyOf = ({ start, seconds, errors }: Bin) => `${start} ${seconds} ${errors === undefined}`;
  const blues = new Map(
    bins.filter(({ side }) => side === 'blue').map((bin) => [keyOf(bin), bin] as const),
  );
  return bins
    .flatMap((green) => {
      const blue = green.side === 'green' ? blues.get(keyOf(green)) : undefined;
      return blue ? [{ end: green.start + green.seconds, green, blue }] : [];
    })
    .sort((a, b) => a.end - b.end);
};

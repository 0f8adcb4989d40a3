/** Tells the trials of a soak: a line each as it ends, and a table by kind. */
import { clockText } from '../../core/text/durations.ts';
import type { Trial } from './trial.ts';

/** What became of all trials of a kind. */
export interface Row {
  readonly kind: string;
  readonly releases: number;
  /** Bad ones that were rolled back. */
  readonly detected: number;
  /** Healthy ones that were not promoted. */
  readonly stoppedWrongly: number;
  /** Trials that went wrong in any way: a wrong end, users on the wrong version, requests lost. */
  readonly wrong: number;
  readonly medianSeconds?: number;
  readonly medianExposed: number;
  /** How often each has decided. */
  readonly by: Readonly<Record<string, number>>;
}

const median = (numbers: readonly number[]): number | undefined => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : Math.round((low + high) / 2);
};

const countOf = (words: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

/** A row for each kind, in alphabetical order. */
export const rowsOf = (trials: readonly Trial[]): readonly Row[] =>
  [...Map.groupBy(trials, ({ kind }) => kind)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([kind, all]) => {
      const of = (expected: string) => all.filter((trial) => trial.expected === expected);
      const medianSeconds = median(all.flatMap(({ seconds }) => seconds ?? []));
      return {
        kind,
        releases: all.length,
        detected: of('RolledBack').filter(({ end }) => end === 'RolledBack').length,
        stoppedWrongly: of('Promoted').filter(({ end }) => end !== 'Promoted').length,
        wrong: all.filter(({ right }) => !right).length,
        ...(medianSeconds === undefined ? {} : { medianSeconds }),
        medianExposed: median(all.map(({ exposed }) => exposed)) ?? 0,
        by: countOf(all.map(({ decidedBy }) => decidedBy)),
      };
    });

const HEAD = ['kind', 'releases', 'detected', 'stopped wrongly', 'wrong', 'median time', 'met it'];

const cellsOf = (row: Row): readonly string[] => [
  row.kind,
  `${row.releases}`,
  row.kind === 'healthy' ? '–' : `${row.detected}`,
  row.kind === 'healthy' ? `${row.stoppedWrongly}` : '–',
  `${row.wrong}`,
  row.medianSeconds === undefined ? '–' : clockText(row.medianSeconds * 1000),
  `${row.medianExposed}`,
  Object.entries(row.by)
    .map(([who, times]) => `${who} ${times}`)
    .join(', '),
];

/** The table by kind; `met it` are requests that green answered, in the median. */
export const tableLines = (trials: readonly Trial[]): readonly string[] => {
  const rows = [[...HEAD, 'decided by'], ...rowsOf(trials).map(cellsOf)];
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** One trial in a line: its place, whether it is right, what ended it and when, and who had met green by then. */
export const trialLine = (trial: Trial, place: string): string => {
  const { kind, end, right, seconds, exposed, lost, heldBack, realSeconds } = trial;
  const after = seconds === undefined ? '' : ` after ${clockText(seconds * 1000)}`;
  const burden = [
    ...(lost > 0 ? [`${lost} lost`] : []),
    ...(heldBack > 0 ? [`${heldBack} held back`] : []),
  ];
  return [
    `${place}  ${right ? 'right' : 'WRONG'}  ${kind}: ${end}${after}, by ${trial.decidedBy}`,
    `${exposed} of ${trial.requests} requests met it`,
    ...burden,
    `${realSeconds.toFixed(0)} real seconds`,
    ...(trial.sentence ? [trial.sentence] : []),
  ].join(' · ');
};

/** NAB's score beside what NAB itself says of published detectors. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nabScore, normalised, type Weights, type Window } from '../../backtest/nab-score.ts';

const NAB = join(import.meta.dirname, '../data/nab');
const read = (path: string): string => readFileSync(join(NAB, path), 'utf8');
const { vectors } = JSON.parse(read('scorer_vectors.json'));
const labels = JSON.parse(read('combined_windows.json'));
const profiles: Record<string, { CostMatrix: Record<string, number> }> = JSON.parse(
  read('profiles.json'),
);

const weightsOf = (profile: string): Weights => {
  const { tpWeight = 0, fnWeight = 0, fpWeight = 0 } = profiles[profile]!.CostMatrix;
  return { tp: tpWeight, fn: fnWeight, fp: fpWeight };
};

const windowsOf = (file: string): readonly Window[] => {
  const times = read(file)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0]);
  const rowOf = (moment: string) => times.indexOf(moment.slice(0, 19));
  return labels[file].map(([first, last]: [string, string]) => ({
    first: rowOf(first),
    last: rowOf(last),
  }));
};

const cases = vectors.flatMap(({ detector, file, n, detections, expected }: any) =>
  Object.entries(expected).map(([profile, { score }]: any) => ({
    ...{ detector, file, profile, n, score },
    detections: detections[profile],
  })),
);

describe('the score of the Numenta Anomaly Benchmark', () => {
  it.each(cases as any[])('is that of $detector on $file by $profile', (one) => {
    const score = nabScore(one.n, windowsOf(one.file), one.detections, weightsOf(one.profile));
    expect(Math.abs(score - one.score)).toBeLessThan(1e-9);
  });

  it('is 0 of who says nothing, and 100 of who is perfect', () => {
    const weights = weightsOf('standard');
    const windows = [{ first: 1000, last: 1099 }];
    expect(normalised(nabScore(4000, windows, [], weights), 1, weights)).toBe(0);
    expect(normalised(nabScore(4000, windows, [1000], weights), 1, weights)).toBeCloseTo(100, 9);
  });
});

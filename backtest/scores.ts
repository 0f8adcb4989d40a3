/** Plays a metric to the detector: it sees each value after those before it, and nothing else. */
import { DEFAULT_DETECTION, type Detection, openDetector } from '../core/analysis/anomaly.ts';
import type { Row } from './metric.ts';

/** A row's moment with its score. */
export interface Scored {
  readonly timestamp: string;
  readonly score: number;
}

/** The score of every row, in the order of the file. */
export const scoresOn = (
  rows: readonly Row[],
  detection: Detection = DEFAULT_DETECTION,
): readonly Scored[] => {
  const detect = openDetector(detection);
  return rows.map(({ timestamp, value }) => ({ timestamp, score: detect(value) }));
};

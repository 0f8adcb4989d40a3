/** The score of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, section II): early is better, and a false alarm costs. */

/** A labelled anomaly: indices of its first and its last row. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/** What each kind of detection counts. */
export interface Weights {
  readonly tp: number;
  readonly fn: number;
  readonly fp: number;
}

/** Rows at the start of a file in which nothing counts: 15 in a hundred, of the first 5,000 at most. */
export const probation = (rows: number): number => Math.min(Math.floor(0.15 * rows), 0.15 * 5000);

/** From here on behind a window a false alarm costs the whole. */
const FAR = 3;

/** The scaled sigmoid: nearly 1 at the left edge of a window (-1), 0 at its right edge (0), below 0 behind it. */
const sigmoid = (position: number): number =>
  position >= FAR ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;

const widthOf = ({ first, last }: Window): number => last - first + 1;

/** What a detection inside a window earns. */
const earned = (row: number, window: Window): number =>
  sigmoid(-(window.last - row + 1) / widthOf(window)) / sigmoid(-1);

/** What a detection outside of all windows costs, by how far it is behind the last one. */
const lost = (row: number, windows: readonly Window[]): number => {
  const behind = windows.findLast(({ last }) => last < row);
  return sigmoid(behind ? (row - behind.last) / (widthOf(behind) - 1) : FAR);
};

/**
 * The raw score of a file: of each window the best detection, or the weight of having missed it, and what false alarms
 * cost. `detections` are indices of rows, `windows` are in the order of time.
 */
export const nabScore = (
  rows: number,
  windows: readonly Window[],
  detections: readonly number[],
  { tp, fn, fp }: Weights,
): number => {
  const from = probation(rows);
  const counted = detections.filter((row) => row >= from);
  const windowOf = (row: number) => windows.find(({ first, last }) => row >= first && row <= last);
  const found = windows
    .filter(({ last }) => last >= from)
    .map((window) =>
      Math.max(
        -fn,
        ...counted.filter((row) => windowOf(row) === window).map((row) => tp * earned(row, window)),
      ),
    );
  const alarms = counted
    .filter((row) => windowOf(row) === undefined)
    .map((row) => fp * lost(row, windows));
  return [...found, ...alarms].reduce((sum, part) => sum + part, 0);
};

/** The score of several files as a percentage: 0 is that of who says nothing, 100 that of who is perfect. */
export const normalised = (raw: number, windows: number, { tp, fn }: Weights): number =>
  (100 * (raw + fn * windows)) / ((tp + fn) * windows);

/** The detector on the files of the Numenta Anomaly Benchmark in test/data, beside what others score on the same files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMetric } from '../../../backtest/metric.ts';
import {
  nabScore,
  normalised,
  probation,
  type Weights,
  type Window,
} from '../../../backtest/nab-score.ts';
import { scoresOn } from '../../../backtest/scores.ts';
import {
  DEFAULT_DETECTION,
  type Detection,
  isAnomalous,
  THRESHOLD,
} from '../../../core/analysis/anomaly.ts';
import { print, say } from '../print.ts';

const DATA = join(import.meta.dirname, '../../../test/data/nab');

/** The folder on which published detectors are scored here. */
const COMPARED = 'realAWSCloudwatch';

/** Settings that cross-validation chooses among: lengths of half an hour to four hours, where a value is five minutes. */
const GRID: readonly Detection[] = [6, 12, 24].flatMap((level) =>
  [24, 48, 96].flatMap((spread) =>
    [0.06, 0.08, 0.1].map((bar) => ({ ...DEFAULT_DETECTION, level, spread, bar })),
  ),
);

type Rows = Awaited<ReturnType<typeof readMetric>>;

interface Labelled {
  readonly folder: string;
  readonly rows: Rows;
  readonly windows: readonly Window[];
}

/** What a file adds to the score of a set of files. */
interface Part {
  readonly raw: number;
  readonly windows: number;
  readonly falseAlarms: number;
}

const read = async (path: string) => JSON.parse(await readFile(join(DATA, path), 'utf8'));

const windowsOf = (rows: Rows, labels: readonly (readonly [string, string])[]) => {
  const rowOf = (moment: string) =>
    rows.findIndex(({ timestamp }) => timestamp === moment.slice(0, 19));
  return labels.map(([first, last]) => ({ first: rowOf(first), last: rowOf(last) }));
};

const readFiles = async (): Promise<readonly Labelled[]> => {
  const labels: Record<string, [string, string][]> = await read('combined_windows.json');
  return Promise.all(
    Object.entries(labels).map(async ([path, marked]) => {
      const rows = await readMetric(join(DATA, path));
      return { folder: path.split('/')[0]!, rows, windows: windowsOf(rows, marked) };
    }),
  );
};

const partOf = ({ rows, windows }: Labelled, detection: Detection, weights: Weights): Part => {
  const detections = scoresOn(rows, detection).flatMap(({ score }, row) =>
    isAnomalous([score]) ? [row] : [],
  );
  const isFalse = (row: number) =>
    row >= probation(rows.length) && windows.every(({ first, last }) => row < first || row > last);
  return {
    raw: nabScore(rows.length, windows, detections, weights),
    windows: windows.length,
    falseAlarms: detections.filter(isFalse).length,
  };
};

const total = (parts: readonly Part[], weights: Weights): number => {
  const sum = (of: (part: Part) => number) => parts.reduce((all, part) => all + of(part), 0);
  return normalised(
    sum(({ raw }) => raw),
    sum(({ windows }) => windows),
    weights,
  );
};

const weightsOfProfile = async (): Promise<Weights> => {
  const { CostMatrix } = (await read('profiles.json')).standard;
  return { tp: CostMatrix.tpWeight, fn: CostMatrix.fnWeight, fp: CostMatrix.fpWeight };
};

const settingText = ({ level, spread, bar }: Detection): string => `${level} / ${spread} / ${bar}`;

/** Prints what each folder scores under the settings that are best on all other folders. */
export const crossValidateDetector = async (): Promise<void> => {
  const weights = await weightsOfProfile();
  const files = await readFiles();
  const grid = GRID.map((detection) => ({
    detection,
    parts: files.map((file) => partOf(file, detection, weights)),
  }));
  const chosen = files.map((file) => partOf(file, DEFAULT_DETECTION, weights));
  const folders = [...new Set(files.map(({ folder }) => folder))];
  const scoreOf = (parts: readonly Part[], isIn: (folder: string) => boolean) =>
    total(
      parts.filter((_, index) => isIn(files[index]!.folder)),
      weights,
    );
  const best = (isIn: (folder: string) => boolean) =>
    grid.reduce((one, other) =>
      scoreOf(other.parts, isIn) > scoreOf(one.parts, isIn) ? other : one,
    );
  const row = (name: string, isIn: (folder: string) => boolean, from = best(isIn)) => [
    name,
    scoreOf(chosen, isIn).toFixed(1),
    scoreOf(best(isIn).parts, isIn).toFixed(1),
    scoreOf(from.parts, isIn).toFixed(1),
    settingText(from.detection),
  ];
  print(
    `Anomalies: ${GRID.length} settings (level / spread / bar), chosen on the other folders; the default is ${settingText(DEFAULT_DETECTION)}`,
    ['folder', 'default', 'best here', 'cross-validated', 'by the settings'],
    [
      ...folders.map((folder) =>
        row(
          folder,
          (one) => one === folder,
          best((one) => one !== folder),
        ),
      ),
      row('all, best on all', () => true),
    ],
  );
};

/** Prints what the detector scores on each folder, and what published ones do on one of them. */
export const printNab = async (): Promise<void> => {
  const weights = await weightsOfProfile();
  const files = await readFiles();
  const under = (detection: Detection) => files.map((file) => partOf(file, detection, weights));
  const chosen = under(DEFAULT_DETECTION);
  const ofFolder = (parts: readonly Part[], folder: string) =>
    parts.filter((_, index) => files[index]!.folder === folder);
  const folders = [...new Set(files.map(({ folder }) => folder))];
  print(
    `Anomalies: score of the Numenta Anomaly Benchmark (standard profile, threshold ${THRESHOLD})`,
    ['folder', 'files', 'windows', 'false alarms', 'score'],
    folders.map((folder) => {
      const parts = ofFolder(chosen, folder);
      const sum = (of: (part: Part) => number) => String(parts.reduce((all, p) => all + of(p), 0));
      return [
        ...[folder, String(parts.length), sum(({ windows }) => windows)],
        sum(({ falseAlarms }) => falseAlarms),
        total(parts, weights).toFixed(1),
      ];
    }),
  );
  say('Settings were chosen on these files: `-- --cross-validate` shows what that is worth.');
  const published: Record<string, { published_threshold: number }> = (
    await read('published_scores.json')
  ).standard;
  print(
    `Published detectors on ${COMPARED}, at the thresholds that were published with them`,
    ['detector', 'score'],
    [
      ...Object.entries(published).map(([name, { published_threshold: score }]) => ({
        name,
        score,
      })),
      { name: 'this one', score: total(ofFolder(chosen, COMPARED), weights) },
    ]
      .sort((a, b) => b.score - a.score)
      .map(({ name, score }) => [name, score.toFixed(1)]),
  );
};

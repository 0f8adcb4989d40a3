import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isMetric, parseMetric, readMetric } from '../../backtest/metric.ts';
import { nabScore, normalised, type Window } from '../../backtest/nab-score.ts';
import { scoresOn } from '../../backtest/scores.ts';
import { isAnomalous, THRESHOLD } from '../../core/analysis/anomaly.ts';

const ROOT = join(import.meta.dirname, '../..');
const NAB = join(ROOT, 'test/data/nab');
const FOLDER = 'realAWSCloudwatch';
const SAMPLE = join(NAB, FOLDER, 'ec2_cpu_utilization_24ae8d.csv');

const judge = (path: string) =>
  spawnSync(process.execPath, [join(ROOT, 'backtest/main.ts'), path], { encoding: 'utf8' });

const written = (name: string, content: string | Buffer): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'metric-')), name);
  writeFileSync(path, content);
  return path;
};

describe('a file of a metric', () => {
  const rows = [
    { timestamp: '2014-02-14 14:30:00', value: 0.132 },
    { timestamp: '2014-02-14 14:35:00', value: -1e9 },
  ];

  it('is CSV, packed or not', async () => {
    expect(['a.csv', 'b/A.CSV', 'a.csv.gz', 'a.jsonl', 'csv', 'a.csv.jsonl'].map(isMetric)).toEqual(
      [true, true, true, false, false, false],
    );
    const text = 'timestamp,value\n2014-02-14 14:30:00,0.132\n2014-02-14 14:35:00,-1e9\n';
    expect(await readMetric(written('plain.csv', text))).toEqual(rows);
    expect(await readMetric(written('packed.csv.gz', gzipSync(text)))).toEqual(rows);
    await expect(readMetric('/none.csv')).rejects.toThrow('There is no file /none.csv');
  });

  it('names its columns, in any order, among others', () => {
    expect(
      parseMetric(
        '\uFEFFlabel, value ,timestamp\r\n0,0.132,2014-02-14 14:30:00\r\n\r\n1, -1e9,2014-02-14 14:35:00',
        'm.csv',
      ),
    ).toEqual(rows);
  });

  it.each([
    ['', 'm.csv, line 1: the file is empty; it has to begin with timestamp,value'],
    ['\n \n', 'm.csv, line 1: the file is empty'],
    ['timestamp,value\n', 'm.csv, line 2: no row follows the header'],
    ['2014-02-14 14:30:00,1\n', 'm.csv, line 1: the header names no column timestamp'],
    ['timestamp,score\n2014,1', 'm.csv, line 1: the header names no column value'],
    ['timestamp,value\n2014,1\n2015,abc', 'm.csv, line 3: the value is not a number: abc'],
    ['timestamp,value\n2014,NaN', 'm.csv, line 2: the value is not a number: NaN'],
    ['timestamp,value\n2014,1e999', 'm.csv, line 2: the value is not a number: 1e999'],
    ['timestamp,value\n2014,', 'm.csv, line 2: the row has no value'],
    ['timestamp,value\n\n2014', 'm.csv, line 3: the row has no value'],
    ['timestamp,value\n,1', 'm.csv, line 2: the row has no timestamp'],
  ])('%j is refused, and the line is named', (text, sentence) => {
    expect(() => parseMetric(text, 'm.csv')).toThrow(sentence);
  });
});

describe('npm run judge of a metric', () => {
  it('prints the threshold, then the score of every row at its moment, in order', () => {
    const { stdout, stderr, status } = judge(SAMPLE);
    const [first, ...scores] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const moments = readFileSync(SAMPLE, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]);

    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(first).toEqual({ threshold: THRESHOLD });
    expect(scores.map(({ timestamp }) => timestamp)).toEqual(moments);
    for (const score of scores) {
      expect(Object.keys(score)).toEqual(['timestamp', 'score']);
      expect(score.score).toBeGreaterThanOrEqual(0);
      expect(score.score).toBeLessThanOrEqual(1);
    }
    expect(scores.some(({ score }) => score >= THRESHOLD)).toBe(true);
  });

  it('says in one sentence what is wrong with a file, prints nothing else, and fails', () => {
    const path = written(
      'bad.csv',
      'timestamp,value\n2014-02-14 14:30:00,1\n2014-02-14 14:35:00\n',
    );

    expect(judge(path)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `${path}, line 3: the row has no value\n`,
    });
  });
});

describe('the metrics of the Numenta Anomaly Benchmark', () => {
  const labels: Record<string, [string, string][]> = JSON.parse(
    readFileSync(join(NAB, 'combined_windows.json'), 'utf8'),
  );
  const files = Object.entries(labels).filter(([path]) => path.startsWith(FOLDER));

  it('are scored without knowing what comes later', async () => {
    const rows = await readMetric(SAMPLE);
    const scores = scoresOn(rows);
    for (const until of [1, 30, 604, 3500, 3700])
      expect(scoresOn(rows.slice(0, until))).toEqual(scores.slice(0, until));
  });

  it('are scored 70 at least; the settings were chosen on them, so this is no proof of more than that nothing got worse', async () => {
    const weights = { tp: 1, fn: 1, fp: 0.11 };
    const parts = await Promise.all(
      files.map(async ([path, marked]) => {
        const rows = await readMetric(join(NAB, path));
        const rowOf = (moment: string) =>
          rows.findIndex(({ timestamp }) => timestamp === moment.slice(0, 19));
        const windows = marked.map(
          ([first, last]): Window => ({ first: rowOf(first), last: rowOf(last) }),
        );
        const detections = scoresOn(rows).flatMap(({ score }, row) =>
          isAnomalous([score]) ? [row] : [],
        );
        return { raw: nabScore(rows.length, windows, detections, weights), many: windows.length };
      }),
    );
    const [raw, windows] = parts.reduce(
      ([sum, count], { raw, many }) => [sum + raw, count + many],
      [0, 0],
    );

    expect(normalised(raw, windows, weights)).toBeGreaterThan(70);
  });
});

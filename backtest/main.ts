/**
 * `npm -s run judge -- <file>`: what the judge decides on each release of a file, or how the detector scores each row of
 * a metric (.csv); one JSON object a line.
 */
import { THRESHOLD } from '../core/analysis/anomaly.ts';
import { bundledJudge } from './bundled-judge.ts';
import { decisionsOn } from './decisions.ts';
import { readReleases } from './file.ts';
import { isMetric, readMetric } from './metric.ts';
import { scoresOn } from './scores.ts';

/** The decision on each release, in the order of the file. */
async function* decisionsIn(path: string): AsyncGenerator<object> {
  const releases = await readReleases(path);
  for await (const { past, ...decision } of decisionsOn(releases, await bundledJudge()))
    yield { id: past.id, ...decision };
}

/** The threshold from which on a score is an anomaly, then the score of each row. */
async function* scoresIn(path: string): AsyncGenerator<object> {
  const rows = await readMetric(path);
  yield { threshold: THRESHOLD };
  yield* scoresOn(rows);
}

/** Prints what is found in a file; what is wrong with it is one sentence, and exit code 1. */
export const main = async ([path]: readonly string[]): Promise<void> => {
  // Whoever reads only the first lines, as head does, has had enough.
  process.stdout.on('error', () => process.exit());
  try {
    if (path === undefined)
      throw new Error('Name a file: npm -s run judge -- test/data/canary_traces_dev.jsonl.gz');
    for await (const line of isMetric(path) ? scoresIn(path) : decisionsIn(path))
      process.stdout.write(`${JSON.stringify(line)}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
};

if (import.meta.main) await main(process.argv.slice(2));

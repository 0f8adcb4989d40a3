/** `npm -s run judge -- <file>`: what the judge decides on each release of a file, one JSON object a line. */
import { DEFAULT_JUDGEMENT } from '../core/analysis/default-judgement.ts';
import { decisionsOn } from './decisions.ts';
import { readReleases } from './file.ts';

/** Prints the decisions on a file; what is wrong with it is one sentence, and exit code 1. */
export const main = async ([path]: readonly string[]): Promise<void> => {
  // Whoever reads only the first lines, as head does, has had enough.
  process.stdout.on('error', () => process.exit());
  try {
    if (path === undefined)
      throw new Error('Name a file: npm -s run judge -- test/data/canary_traces_dev.jsonl.gz');
    for (const { past, ...decision } of decisionsOn(await readReleases(path), DEFAULT_JUDGEMENT))
      process.stdout.write(`${JSON.stringify({ id: past.id, ...decision })}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
};

if (import.meta.main) await main(process.argv.slice(2));

/** Runs tests and plays scenarios in a copy of the working tree. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './mutant.ts';
import {
  broken,
  type Outcome,
  type Report,
  scenarioName,
  scenarioOutcomes,
  testOutcomes,
} from './outcome.ts';

/** Seed and number of the model's releases; left out, the model's own. */
export type Walk = Pick<Mutant, 'seed' | 'runs'>;

/** Minutes after which a run counts as one that hangs. */
const LONGEST_MINUTES = 30;

/** Whether a file is a scenario, and not a test. */
export const isScenario = (file: string): boolean => file.startsWith('samples/');

/** Runs vitest in a folder, and gives its report; a text where it made none. */
const vitest = (
  folder: string,
  parameters: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Report | string> => {
  const report = join(folder, 'mutants-report.json');
  rmSync(report, { force: true });
  const { MODEL_SEED: _seed, MODEL_RUNS: _runs, SCENARIOS_FOLDER: _kept, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [
        join(folder, 'node_modules', 'vitest', 'vitest.mjs'),
        ...['run', '--root', folder, '--maxWorkers', '1', '--no-color'],
        ...['--reporter', 'json', '--outputFile', report],
        ...parameters,
      ],
      {
        cwd: folder,
        env: { ...env, ...variables },
        timeout: LONGEST_MINUTES * 60_000,
        maxBuffer: 64 * 1024 ** 2,
      },
      (_error, stdout, stderr) =>
        resolve(
          existsSync(report)
            ? (JSON.parse(readFileSync(report, 'utf8')) as Report)
            : `${stderr}\n${stdout}`.trim() || `It did not end in ${LONGEST_MINUTES} minutes`,
        ),
    );
  });
};

const runTests = async (
  folder: string,
  files: readonly string[],
  { seed, runs }: Walk,
): Promise<readonly Outcome[]> => {
  const report = await vitest(folder, files, {
    ...(seed === undefined ? {} : { MODEL_SEED: String(seed) }),
    ...(runs === undefined ? {} : { MODEL_RUNS: String(runs) }),
  });
  return typeof report === 'string'
    ? files.map((file) => broken(file, report))
    : testOutcomes(report, folder, files);
};

/** Plays scenarios as `npm run test:thorough` does: under several readings of what AWS does not document. */
const playScenarios = async (
  folder: string,
  files: readonly string[],
): Promise<readonly Outcome[]> => {
  const names = files.map((file) => `(^| )${scenarioName(file)}: `);
  const report = await vitest(folder, ['test/scenarios/scenarios-', '-t', names.join('|')], {
    SCENARIOS: 'thorough',
  });
  return typeof report === 'string'
    ? files.map((file) => broken(file, report))
    : scenarioOutcomes(report, files);
};

/** Runs tests and plays scenarios in a folder. */
export const play = async (
  folder: string,
  files: readonly string[],
  walk: Walk = {},
): Promise<readonly Outcome[]> => {
  const tests = files.filter((file) => !isScenario(file));
  const scenarios = files.filter(isScenario);
  return [
    ...(tests.length > 0 ? await runTests(folder, tests, walk) : []),
    ...(scenarios.length > 0 ? await playScenarios(folder, scenarios) : []),
  ];
};

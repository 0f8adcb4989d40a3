/** Runs tests and plays scenarios in a copy of the working tree. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Outcome,
  type Report,
  scenarioName,
  scenarioOutcomes,
  testOutcomes,
} from './outcome.ts';

/** How the tests are run. */
export interface Run {
  /** First random number of the model's releases, or the seed of the simulation. Default: their own. */
  readonly seed?: number | undefined;
  /** How many releases the model walks, or seeds the simulation plays. Default: their own. */
  readonly runs?: number | undefined;
}

/** Minutes after which a run counts as one that hangs. */
const LONGEST_MINUTES = 30;

/** Whether a file is a scenario, and not a test. */
export const isScenario = (file: string): boolean => file.startsWith('samples/');

/** Runs vitest in a folder, and gives its report, or what it said where it made none. */
const vitest = (
  folder: string,
  parameters: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Report> => {
  const report = join(folder, 'mutants-report.json');
  rmSync(report, { force: true });
  const { SCENARIOS_FOLDER: _, ...env } = process.env;
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
            : { testResults: [], said: `${stderr}\n${stdout}`.trim() },
        ),
    );
  });
};

/** Whether a test reads the sources alone: to make bundles and templates takes longer than it does. */
const needNoTemplates = (file: string): boolean =>
  /^test\/(core|handlers|sandbox\/aws|wiring)\//.test(file);

/** The variables that say so to vitest. */
const variablesOf = ({ seed, runs }: Run): Readonly<Record<string, string>> => ({
  ...(seed === undefined ? {} : { MODEL_SEED: String(seed), SIMULATION_SEED: String(seed) }),
  ...(runs === undefined ? {} : { MODEL_RUNS: String(runs), SIMULATION_COUNT: String(runs) }),
});

/** Runs tests and plays scenarios in a folder as `npm run test:thorough` does: also the long ones, and under several readings of AWS. */
export const play = async (
  folder: string,
  files: readonly string[],
  run: Run,
): Promise<readonly Outcome[]> => {
  const variables = { ...variablesOf(run), SCENARIOS: 'thorough' };
  const tests = files.filter((file) => !isScenario(file));
  const scenarios = files.filter(isScenario);
  const names = scenarios.map((file) => `(^| )${scenarioName(file)}: `).join('|');
  const outcomes: Outcome[] = [];
  if (tests.length > 0) {
    const report = await vitest(folder, tests, {
      ...variables,
      ...(tests.every(needNoTemplates) ? { TEMPLATES: 'none' } : {}),
    });
    outcomes.push(...testOutcomes(report, folder, tests));
  }
  if (scenarios.length > 0) {
    const report = await vitest(folder, ['test/scenarios/scenarios-', '-t', names], variables);
    outcomes.push(...scenarioOutcomes(report, scenarios));
  }
  return outcomes;
};

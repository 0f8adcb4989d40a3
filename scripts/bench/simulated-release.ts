/** Processor time of one simulated release with its sandbox, in the process that has played it before and in its first run. */
import { join } from 'node:path';
import { runScenario } from '../../rehearsal/scenario/run.ts';
import { readScenario } from '../../rehearsal/scenario/scenario-file.ts';
import { simulatedFunctions } from '../../rehearsal/stage/simulated-functions.ts';
import { ROOT } from '../../rehearsal/stage/synthesis.ts';
import { median } from './print.ts';

/** Runs of one release, the first of which loads every function. */
const RUNS = 9;

/** Runs that still compile: they are left out of the warm figure. */
const WARMING = 4;

const SCENARIO = join(ROOT, 'samples/scenarios/approved.json');

export interface ReleaseFigures {
  /** Seconds of processor time of the first run, which loads and compiles everything. */
  readonly first: number;
  /** The same of a run in a warm process: the median. */
  readonly warm: number;
}

const processorSeconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** Plays one release again and again; the templates must be there. */
export const measureRelease = async (runs = RUNS): Promise<ReleaseFigures> => {
  const scenario = await readScenario(SCENARIO);
  const functions = simulatedFunctions();
  const figures: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    figures.push(
      await processorSeconds(async () => {
        const { problems } = await runScenario(scenario, {
          setting: { kind: 'simulation', functions },
        });
        if (problems.length > 0) throw new Error(problems.join('\n'));
      }),
    );
  }
  return { first: figures[0]!, warm: median(figures.slice(WARMING)) };
};

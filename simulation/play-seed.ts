/** Plays one seed, and writes it down, as small as it can be made, where it breaks a law. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ENVIRONMENT } from '../core/names.ts';
import type { Broken } from '../rehearsal/laws/laws.ts';
import type { Scenario } from '../rehearsal/scenario/scenario.ts';
import { simulatedFunctions } from '../rehearsal/stage/simulated-functions.ts';
import { ROOT } from '../rehearsal/stage/synthesis.ts';
import { type Outcome, runSchedule } from './run.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import { shrunk } from './shrink.ts';

/** Where failing schedules are written. */
const FOUND = join(ROOT, 'dist', 'simulation');

/** A seed that broke a law. */
export interface Failure {
  readonly seed: number;
  readonly breaches: readonly Broken[];
  /** Scenario file that plays it again, from the current folder, as small as it could be made; or why it could not be written. */
  readonly file: string | { readonly unwritten: string };
}

/** What one seed showed. */
export interface Played {
  readonly planned: Schedule['planned'];
  readonly outcome: Outcome;
  readonly failure?: Failure;
}

/** Plays one seed after the other. */
export interface SeedPlayer {
  /** Nothing that goes wrong in a seed rejects: it is a breach. */
  play(seed: number): Promise<Played>;
  close(): void;
}

/** Writes down a schedule. A run of hours does not end because a disk is full. */
export const writeFound = async (seed: number, scenario: Scenario): Promise<Failure['file']> => {
  const file = join(FOUND, `seed-${seed}.json`);
  try {
    await mkdir(FOUND, { recursive: true });
    await writeFile(file, `${JSON.stringify(scenario, null, 2)}\n`, 'utf8');
    return relative(process.cwd(), file);
  } catch (error) {
    return { unwritten: (error as Error).message };
  }
};

/** Plays seeds in this process. The templates must be there. */
export const playerHere = (): SeedPlayer => {
  // The functions of the sample count their requests, so each simulation has its own.
  const functions = simulatedFunctions((variables) => Object.hasOwn(variables, ENVIRONMENT.table));

  const smallest = ({ scenario }: Schedule, [first]: readonly Broken[]): Promise<Scenario> =>
    shrunk(scenario, async (smaller) => {
      const { breaches } = await runSchedule(smaller, functions);
      return breaches.some(({ law }) => law === first?.law);
    });

  return {
    play: async (seed) => {
      const schedule = scheduleOf(seed);
      const { scenario, planned } = schedule;
      const outcome = await runSchedule(scenario, functions);
      const { breaches } = outcome;
      if (breaches.length === 0) return { planned, outcome };
      const file = await writeFound(seed, await smallest(schedule, breaches));
      return { planned, outcome, failure: { seed, breaches, file } };
    },
    close: () => undefined,
  };
};

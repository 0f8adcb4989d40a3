/** Plays one seed after the other, counts what they have met, and writes down each one that breaks a law. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ENVIRONMENT } from '../core/names.ts';
import type { Broken } from '../rehearsal/laws/laws.ts';
import type { Scenario } from '../rehearsal/scenario/scenario.ts';
import { simulatedFunctions } from '../rehearsal/stage/simulated-functions.ts';
import { openStage } from '../rehearsal/stage/stage.ts';
import { ROOT, synthesize } from '../rehearsal/stage/synthesis.ts';
import { type Coverage, coverageOf, ENOUGH, neverHit } from './coverage.ts';
import { type Open, runSchedule } from './run.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import { shrunk } from './shrink.ts';

/** Where failing schedules are written. */
const FOUND = join(ROOT, 'dist', 'simulation');

export interface SimulateOptions {
  readonly seed: number;
  readonly count: number;
  /** Minutes after which no further seed is begun. */
  readonly minutes?: number;
  /** Told after every seed. */
  readonly progress?: (done: number, seconds: number) => void;
  /** Told of every seed that breaks a law, at once. */
  readonly onFailure?: (failure: Failure) => void;
  readonly open?: Open;
  /** Once it is aborted no further seed is begun. */
  readonly stop?: AbortSignal;
}

/** A seed that broke a law. */
export interface Failure {
  readonly seed: number;
  readonly breaches: readonly Broken[];
  /** Scenario file that plays it again, from the current folder, as small as it could be made; or why it could not be written. */
  readonly file: string | { readonly unwritten: string };
}

/** What a run showed. */
export interface Simulated {
  readonly seed: number;
  /** Seeds that were played. */
  readonly schedules: number;
  readonly seconds: number;
  readonly coverage: Coverage;
  readonly failures: readonly Failure[];
  /** Faults that were never hit, and calls that no fault can hit, if the run is large enough to say so. */
  readonly gaps: readonly string[];
}

/** The functions of all simulations of a run: those of the sample count their requests, so each simulation has its own. */
const sharedFunctions = () =>
  simulatedFunctions((variables) => Object.hasOwn(variables, ENVIRONMENT.table));

/** Writes down a schedule. A run of hours does not end because a disk is full. */
const write = async (seed: number, scenario: Scenario): Promise<Failure['file']> => {
  const file = join(FOUND, `seed-${seed}.json`);
  try {
    await mkdir(FOUND, { recursive: true });
    await writeFile(file, `${JSON.stringify(scenario, null, 2)}\n`, 'utf8');
    return relative(process.cwd(), file);
  } catch (error) {
    return { unwritten: (error as Error).message };
  }
};

/** Gaps of a run: only one that is large enough has any. @internal */
export const gapsOf = (coverage: Coverage, schedules: number): readonly string[] =>
  schedules < ENOUGH
    ? []
    : [
        ...neverHit(coverage.faults).map((name) => `never hit: ${name}`),
        ...[...coverage.unknown].map((call) => `no fault can hit: ${call}`),
      ];

/** Plays the seeds from the first one on, from the sources as they are now. */
export const simulate = async ({
  seed,
  count,
  minutes = Number.POSITIVE_INFINITY,
  progress = () => undefined,
  onFailure = () => undefined,
  open = openStage,
  stop,
}: SimulateOptions): Promise<Simulated> => {
  await synthesize();
  const functions = sharedFunctions();
  const { coverage, add } = coverageOf();
  const failures: Failure[] = [];
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  let schedules = 0;

  const smallest = ({ scenario }: Schedule, [first]: readonly Broken[]): Promise<Scenario> =>
    shrunk(scenario, async (smaller) => {
      const { breaches } = await runSchedule(smaller, functions, open);
      return breaches.some(({ law }) => law === first?.law);
    });

  const isOver = () => stop?.aborted || seconds() >= minutes * 60;
  for (let next = seed; next < seed + count && !isOver(); next += 1) {
    const schedule = scheduleOf(next);
    const outcome = await runSchedule(schedule.scenario, functions, open);
    add(schedule, outcome);
    schedules += 1;
    if (outcome.breaches.length > 0) {
      const file = await write(next, await smallest(schedule, outcome.breaches));
      const failure = { seed: next, breaches: outcome.breaches, file };
      failures.push(failure);
      onFailure(failure);
    }
    progress(schedules, seconds());
  }
  return {
    seed,
    schedules,
    seconds: seconds(),
    coverage,
    failures,
    gaps: gapsOf(coverage, schedules),
  };
};

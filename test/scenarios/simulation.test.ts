/** Random schedules, judged by every law: a few that stay the same; `SIMULATION_SEED=1 SIMULATION_COUNT=1000` plays others. */
import { expect, it } from 'vitest';
import { runSchedule } from '../../simulation/run.ts';
import { scheduleOf } from '../../simulation/schedule.ts';
import { functions } from './functions.ts';

/** A schedule of harmless faults, one of a rollback, and one in which others act. */
const FEW = [101, 202, 303];

const { SIMULATION_SEED, SIMULATION_COUNT = '1' } = process.env;

const seeds =
  SIMULATION_SEED === undefined
    ? FEW
    : Array.from({ length: Number(SIMULATION_COUNT) }, (_, n) => Number(SIMULATION_SEED) + n);

it.each(seeds)('seed %i keeps every law', async (seed) => {
  const { scenario } = scheduleOf(seed);

  const { breaches, releases } = await runSchedule(scenario, functions);

  expect(breaches).toEqual([]);
  expect(releases).toBeGreaterThan(0);
});

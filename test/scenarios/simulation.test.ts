/** Random schedules, judged by every law: a few that stay the same; `SIMULATION_SEED=1 SIMULATION_COUNT=1000` plays others. */
import { expect, it } from 'vitest';
import { runSchedule } from '../../simulation/run.ts';
import { scheduleOf } from '../../simulation/schedule.ts';
import { simulate } from '../../simulation/simulate.ts';
import { functions } from './functions.ts';

/** Throttled calls; a lost response, a redriven execution and a hold; a call that is denied while others deploy. */
const FEW = [117, 123, 127];

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

it('counts what it has played when it is stopped', async () => {
  const stop = new AbortController();

  const { schedules, coverage } = await simulate({
    ...{ seed: 128, count: 50, stop: stop.signal },
    progress: () => stop.abort(),
  });

  expect(schedules).toBe(1);
  expect(coverage.faults.size).toBeGreaterThan(0);
});

import { expect, it } from 'vitest';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';
import { FAULTS } from '../../simulation/faults.ts';
import { kindOf, scheduleOf } from '../../simulation/schedule.ts';

const SEEDS = Array.from({ length: FAULTS.length }, (_, index) => 1000 + index);

it('the schedule of a seed is the same each time, and that of another seed is another one', () => {
  expect(scheduleOf(7)).toEqual(scheduleOf(7));
  expect(scheduleOf(7).scenario.steps).not.toEqual(scheduleOf(8).scenario.steps);
});

it('a schedule survives its way through a file', () => {
  for (const seed of SEEDS.slice(0, 100)) {
    const { scenario } = scheduleOf(seed);

    expect(Scenario.parse(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
  }
});

it('seeds that follow one another plan every fault there is', () => {
  const planned = new Set(SEEDS.flatMap((seed) => scheduleOf(seed).planned.map(kindOf)));

  expect(FAULTS.map(({ name }) => name).filter((name) => !planned.has(name))).toEqual([]);
});

it('no two faults have the same name', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
});

it('a schedule that must end Promoted plans harmless faults alone, and no act', () => {
  const harmless = new Set(FAULTS.filter((one) => one.harmless).map(({ name }) => name));
  const days = SEEDS.map(scheduleOf).filter(({ scenario }) => scenario.expect.releases.length > 0);

  expect(days.length).toBeGreaterThan(50);
  const others = days
    .flatMap(({ planned }) => planned.map(kindOf))
    .filter((name) => !harmless.has(name) && name !== 'a second release');
  expect(others.filter((name) => !name.startsWith('a person redrives'))).toEqual([]);
});

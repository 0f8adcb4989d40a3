import { expect, it } from 'vitest';
import { coverageOf, ENOUGH } from '../../simulation/coverage.ts';
import { FAULTS } from '../../simulation/faults.ts';
import type { Outcome } from '../../simulation/run.ts';
import { scheduleOf } from '../../simulation/schedule.ts';
import { gapsOf } from '../../simulation/simulate.ts';

const outcome = (about: Partial<Outcome>): Outcome => ({
  breaches: [],
  releases: 1,
  happened: [],
  reached: [],
  calls: new Set(),
  ...about,
});

const [missed, ...others] = FAULTS.map(({ name }) => name);

it('counts what really happened, not what was planned', () => {
  const { coverage, add } = coverageOf();
  const schedule = { ...scheduleOf(1), planned: [`${missed} #0`, `${missed} #1`] };

  add(schedule, outcome({ happened: [`${missed} #1`] }));

  expect(coverage.faults.get(missed!)).toEqual({ planned: 2, happened: 1 });
});

it('a run that is large enough fails for a fault that was never hit, and a small one does not', () => {
  const { coverage, add } = coverageOf();
  add(scheduleOf(1), outcome({ happened: others.map((name) => `${name} #0`) }));

  expect(gapsOf(coverage, ENOUGH)).toEqual([`never hit: ${missed}`]);
  expect(gapsOf(coverage, ENOUGH - 1)).toEqual([]);
});

it('a run that is large enough fails for a call that no fault can hit', () => {
  const { coverage, add } = coverageOf();
  add(
    scheduleOf(1),
    outcome({
      happened: [missed!, ...others],
      calls: new Set(['observe: codedeploy.GetDeployment', 'observe: s3.GetObject']),
    }),
  );

  expect(gapsOf(coverage, ENOUGH)).toEqual(['no fault can hit: observe: s3.GetObject']);
});

import { describe, expect, it } from 'vitest';
import { type Coverage, coverageOf, ENOUGH } from '../../simulation/coverage.ts';
import { FAULTS } from '../../simulation/faults.ts';
import { failureLines, simulationLines } from '../../simulation/report.ts';
import { gapsOf } from '../../simulation/simulate.ts';

const [first, second] = FAULTS as [(typeof FAULTS)[number], (typeof FAULTS)[number]];

/** What a run of so many seeds says that planned two faults, of which one hit a call. */
const said = (schedules: number): string => {
  const { coverage, add } = coverageOf();
  const planned = [`${first.name} #0`, `${second.name} #1`];
  add(
    { planned },
    {
      ...{ breaches: [], releases: 1, calls: new Set<string>() },
      ...{ happened: planned.slice(0, 1), reached: ['end Promoted'] },
    },
  );
  const run = { seed: 1, schedules, seconds: 2, coverage: coverage as Coverage, failures: [] };
  return simulationLines({ ...run, gaps: gapsOf(coverage, schedules) }).join('\n');
};

describe('what a run of the simulation says', () => {
  it('names of a small run only what it planned in vain', () => {
    expect(said(1)).toContain(`planned, and not hit: ${second.name}`);
    expect(said(1)).not.toContain(first.name);
    expect(said(1)).not.toContain(FAULTS[2]!.name);
    expect(said(1)).not.toContain('never hit:');
  });

  it('names of a large run every kind that was never hit', () => {
    expect(said(ENOUGH)).toContain(`never hit: ${second.name}`);
    expect(said(ENOUGH)).toContain(`never hit: ${FAULTS[2]!.name}`);
    expect(said(ENOUGH)).toContain('not reached: end RolledBack');
  });

  it('says how to play a seed again, also where its scenario could not be written', () => {
    const breaches = [{ law: 'closed', text: 'autumn is still open' }];
    const lines = (file: Parameters<typeof failureLines>[0]['file']) =>
      failureLines({ seed: 7, breaches, file }).join('\n');

    expect(lines('dist/simulation/seed-7.json')).toContain(
      'npx tandem rehearse dist/simulation/seed-7.json',
    );
    expect(lines({ unwritten: 'the disk is full' })).toMatch(
      /the disk is full.*--seed 7 --count 1/,
    );
  });
});

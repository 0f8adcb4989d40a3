import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { releaseLines, stepsOf } from '../../../rehearsal/scenario/release-story.ts';
import type { Finished } from '../../../rehearsal/scenario/run.ts';

const MINUTE = 60_000;

/** A release that was refused `minutes` after the scenario began: it has no record. */
const refused = (name: string, minutes: number): Finished => ({
  name,
  end: 'Refused',
  cause: 'no such pair (unknown-pair)',
  startedAt: minutes * MINUTE,
  record: undefined,
  facts: [],
  ledger: [],
});

const first = refused('first', 1);
const second = refused('second', 5);
const told = (minutes: number, text: string, release?: string) => ({
  at: minutes * MINUTE,
  text,
  ...(release ? { release } : {}),
});

describe('steps of a scenario', () => {
  it('are told once each: with the release that they name, else with the one started last by then', () => {
    const steps = [
      told(0, 'before all'),
      told(2, 'in the first'),
      told(6, 'in the second'),
      told(7, 'about the first', 'first'),
      told(8, 'about one that never was', 'third'),
    ];

    const found = stepsOf([second, first], steps);

    expect(found.get(first)?.map(({ text }) => text)).toEqual([
      'before all',
      'in the first',
      'about the first',
    ]);
    expect(found.get(second)?.map(({ text }) => text)).toEqual([
      'in the second',
      'about one that never was',
    ]);
  });

  it('are no map when there is no release', () => {
    expect(stepsOf([], [told(0, 'alone')]).size).toBe(0);
  });

  it('have a mark, and the time since their release started, also of one without a record', () => {
    const lines = releaseLines(first, [told(0, 'a fault begins'), told(3, 'an alarm turns red')]);

    expect(lines.map(stripVTControlCharacters)).toEqual([
      '   first     Rejected (unknown-pair)',
      '   because   no such pair (unknown-pair)',
      '   before    » a fault begins',
      '   02:00     » an alarm turns red',
    ]);
  });
  it('fit a terminal, each folded under its own text; without a terminal they are whole', () => {
    const text =
      'fault "no task set" begins: refuse ecs.CreateTaskSet, for every call until a person ends it';
    const reason = `web serves 2.0.0 and could not be rolled back to 1.0.0: ${'it was refused '.repeat(9)}`;
    const long = { ...first, cause: `${reason}(take-back-failed)` };

    const lines = releaseLines(long, [told(3, text)], 79).map(stripVTControlCharacters);

    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(79);
    expect(lines.slice(-2)).toEqual([
      '   02:00     » fault "no task set" begins: refuse ecs.CreateTaskSet, for every',
      '             call until a person ends it',
    ]);
    expect(
      releaseLines(long, [told(3, text)])
        .map(stripVTControlCharacters)
        .at(-1),
    ).toBe(`   02:00     » ${text}`);
  });
});

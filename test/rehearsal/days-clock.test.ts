/** The system clock is set while a release is under way, as by NTP: service time neither jumps nor stops. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { runScenario } from '../../rehearsal/run.ts';
import { Scenario } from '../../rehearsal/scenario.ts';

const HOUR = 3_600_000;
const file = join(import.meta.dirname, '../../samples/scenarios/promoted-early.json');

/** Real milliseconds between two jumps of the system clock: some come in each phase. */
const EVERY = 1500;

afterEach(() => vi.useRealTimers());

it('plays a release as it should while the system clock stands still and jumps by an hour, forth and back', async () => {
  const scenario = Scenario.parse(JSON.parse(readFileSync(file, 'utf8')));
  vi.useFakeTimers({ toFake: ['Date'] });
  let jumps = 0;
  const timer = setInterval(() => {
    jumps += 1;
    vi.setSystemTime(Date.now() + (jumps % 2 === 1 ? HOUR : -HOUR));
  }, EVERY);

  const { problems, releases } = await runScenario(scenario, {
    setting: { kind: 'rehearsal', speed: 40 },
  }).finally(() => clearInterval(timer));

  expect(problems).toEqual([]);
  expect(releases.map(({ end }) => end)).toEqual(['Promoted']);
  expect(jumps).toBeGreaterThan(4);
});

/** The system clock of the machine is set while a release is played: virtual time knows nothing of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { runScenario } from '../../rehearsal/scenario/run.ts';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';
import { functions } from './functions.ts';

const HOUR = 3_600_000;
const file = join(import.meta.dirname, '../../samples/scenarios/alarm-red-while-holding.json');

/** Real milliseconds between two jumps. */
const EVERY = 50;

afterEach(() => vi.useRealTimers());

it('ends a release as it should, at the same moments, however the system clock jumps', async () => {
  const scenario = Scenario.parse(JSON.parse(readFileSync(file, 'utf8')));
  const play = async () => {
    const result = await runScenario(scenario, { setting: { kind: 'simulation', functions } });
    const [release] = result.releases;
    return { problems: result.problems, end: release?.end, times: release?.record?.times };
  };
  const calm = await play();
  vi.useFakeTimers({ toFake: ['Date'] });
  let jumps = 0;
  const timer = setInterval(() => {
    jumps += 1;
    vi.setSystemTime(Date.now() + (jumps % 2 === 1 ? HOUR : -HOUR));
  }, EVERY);

  const jumping = await play().finally(() => clearInterval(timer));

  expect(jumps).toBeGreaterThan(4);
  expect(jumping).toEqual(calm);
  expect(jumping).toMatchObject({ problems: [], end: 'RolledBack' });
});

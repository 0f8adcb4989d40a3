/** Bad days with real processes, workers, sockets and traffic: the other half of every seam of the sandbox. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runScenario } from '../../rehearsal/scenario/run.ts';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';

const folder = join(import.meta.dirname, '../../samples/scenarios');

/**
 * Declares a test for each scenario, with the service seconds in a real second: fewer where users' requests are
 * counted by the minute.
 */
export const playDays = (days: Readonly<Record<string, number>>): void => {
  it.each(Object.entries(days))('%s', async (name, speed) => {
    const scenario = Scenario.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));

    const { problems } = await runScenario(scenario, { setting: { kind: 'rehearsal', speed } });

    expect(problems).toEqual([]);
  });
};

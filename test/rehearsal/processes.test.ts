/** Five bad days with real processes, workers, sockets and traffic: the other half of every seam of the sandbox. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runScenario } from '../../rehearsal/run.ts';
import { Scenario } from '../../rehearsal/scenario.ts';

const folder = join(import.meta.dirname, '../../samples/scenarios');

/** Service seconds in a real second: slower where users' requests are counted by the minute. */
it.each([
  ['approved', 90],
  ['stopped-while-holding', 90],
  ['mixed-versions-break', 90],
  ['web-crashes', 120],
  ['bad-web-under-traffic', 50],
])('%s', async (name, speed) => {
  const scenario = Scenario.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));

  const { problems } = await runScenario(scenario, { setting: { kind: 'rehearsal', speed } });

  expect(problems).toEqual([]);
});

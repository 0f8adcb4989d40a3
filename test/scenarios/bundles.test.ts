/** The bundles that AWS gets, beside those from which the other scenarios run. */
import { join } from 'node:path';
import { type LoadedFunctions, loadedFunctions } from 'tandem-sandbox';
import { expect, it } from 'vitest';
import { runScenario } from '../../rehearsal/scenario/run.ts';
import { readScenario } from '../../rehearsal/scenario/scenario-file.ts';
import { ROOT } from '../../rehearsal/stage/synthesis.ts';
import { functions } from './functions.ts';

/** How a release ends, and which roles use which permissions for it. */
const played = async (name: string, functions: LoadedFunctions) => {
  const scenario = await readScenario(join(ROOT, 'samples/scenarios', `${name}.json`));
  const setting = { kind: 'simulation', functions } as const;
  const { problems, releases, used } = await runScenario(scenario, { setting });
  return {
    problems,
    ends: releases.map(({ end }) => end),
    used: used.map(({ role, action, resource }) => `${role} ${action} ${resource}`).sort(),
  };
};

it('a release goes as well with the SDK that its functions bring as with that of the runtime', async () => {
  const brought = await played('approved', loadedFunctions());

  expect(brought.problems).toEqual([]);
  expect(brought).toEqual(await played('approved', functions));
});

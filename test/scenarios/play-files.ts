/** Plays the scenario files in virtual time, with the templates and bundles that AWS would get. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../rehearsal/quirk-settings.ts';
import { runScenario } from '../../rehearsal/run.ts';
import { Scenario } from '../../rehearsal/scenario.ts';
import { loadedFunctions } from '../../sandbox/sandbox.ts';

const folder = join(import.meta.dirname, '../../samples/scenarios');

/** `SCENARIOS=thorough` plays scenarios under all their settings; else under the first two. */
const MOST_SETTINGS = process.env.SCENARIOS === 'thorough' ? Number.POSITIVE_INFINITY : 2;

/** Test files that the scenarios are dealt out over, so that they run side by side. */
const SHARDS = 2;

/** Declares the tests of one shard. */
export const playFiles = (shard: number): void => {
  const functions = loadedFunctions();
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .filter((_, index) => index % SHARDS === shard);

  describe.each(files)('%s', (file) => {
    const scenario = Scenario.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const settings = settingsOf(scenario).slice(0, MOST_SETTINGS);

    it.each(settings)(`${basename(file, '.json')}: %s`, async (_, quirk) => {
      const { problems } = await runScenario(scenario, {
        setting: { kind: 'simulation', functions },
        quirks: quirk,
      });

      expect(problems).toEqual([]);
    });
  });
};

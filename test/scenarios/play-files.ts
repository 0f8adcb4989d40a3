/** Plays the scenario files in virtual time, with the templates and bundles that AWS would get. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../rehearsal/quirk-settings.ts';
import { runScenario } from '../../rehearsal/run.ts';
import { Scenario } from '../../rehearsal/scenario.ts';
import { functions } from './functions.ts';
import { notePlayed, wasPlayed } from './played.ts';
import { noteUsed } from './used-permissions.ts';

const folder = join(import.meta.dirname, '../../samples/scenarios');

/** `SCENARIOS=thorough` plays variations and long scenarios too, and all under every one of their settings. */
const THOROUGH = process.env.SCENARIOS === 'thorough';

/** Test files that the scenarios are dealt out over: more than processes, so that these end at about the same time. */
const SHARDS = 4;

type Setting = ReturnType<typeof settingsOf>[number];

/**
 * The settings that a scenario is played under. The thorough run takes all that an earlier run with the same folder has
 * not played. The short run takes one of the first two, which show every quirk
 * switch in both of its positions; the name's length decides, so that it stays the same when files come and go.
 */
const playedSettings = (name: string, scenario: Scenario): readonly Setting[] => {
  const settings = settingsOf(scenario);
  return THOROUGH
    ? settings.filter(([setting]) => !wasPlayed(name, setting))
    : [settings[name.length % Math.min(2, settings.length)]!];
};

/** Declares the tests of one shard. */
export const playFiles = (shard: number): void => {
  const scenarios = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .filter((_, index) => index % SHARDS === shard)
    .map((file) => ({
      name: basename(file, '.json'),
      scenario: Scenario.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    }))
    .filter(({ scenario }) => THOROUGH || !scenario.thorough)
    .map((one) => ({ ...one, settings: playedSettings(one.name, one.scenario) }))
    .filter(({ settings }) => settings.length > 0);

  describe.each(scenarios)('$name', ({ name, scenario, settings }) => {
    it.each(settings)(`${name}: %s`, async (played, quirks) => {
      const setting = { kind: 'simulation', functions } as const;

      const { problems, used } = await runScenario(scenario, { setting, quirks });

      noteUsed(used);
      expect(problems).toEqual([]);
      notePlayed(name, played);
    });
  });
};

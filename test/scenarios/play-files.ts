/** Plays the scenario files in virtual time, with the templates and bundles that AWS would get. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../rehearsal/scenario/quirk-settings.ts';
import { runScenario } from '../../rehearsal/scenario/run.ts';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';
import { functions } from './functions.ts';
import { notePlayed, wasPlayed } from './played.ts';
import { noteUsed } from './used-permissions.ts';

const folder = join(import.meta.dirname, '../../samples/scenarios');

/** `SCENARIOS=thorough` plays variations and long scenarios too, and `SCENARIOS=every` those under all settings. */
const { SCENARIOS } = process.env;
const THOROUGH = SCENARIOS === 'thorough' || SCENARIOS === 'every';

/** Test files that the scenarios are dealt out over: more than processes, so that these end at about the same time. */
const SHARDS = 4;

type Setting = ReturnType<typeof settingsOf>[number];

/** One of several that the length of a name decides, so that it stays the same when files come and go. */
const dealt = <T>(name: string, choices: readonly T[]): T => choices[name.length % choices.length]!;

/**
 * The settings that a scenario is played under. The short run takes one of the first two, which show every quirk switch
 * in both of its positions. The thorough run takes all, for most variations one half: one of the first two, and one of
 * the two fates of an event. It leaves out what an earlier run with the same folder has played.
 */
const playedSettings = (name: string, scenario: Scenario): readonly Setting[] => {
  const settings = settingsOf(scenario);
  if (!THOROUGH) return [dealt(name, settings.slice(0, 2))];
  const [documented, other, lost, twice] = settings;
  const halves = twice && [
    [documented!, twice],
    [other!, lost!],
  ];
  const whole = halves === undefined || scenario.thorough !== true || SCENARIOS === 'every';
  return (whole ? settings : dealt(name, halves)).filter(([setting]) => !wasPlayed(name, setting));
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

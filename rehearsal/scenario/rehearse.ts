/** Plays one scenario for a person: in simulation, where days take seconds, or with real processes. */

import type { LoadedFunctions } from 'tandem-sandbox';
import { brief } from '../../core/text/first-fault.ts';
import { simulatedFunctions } from '../stage/simulated-functions.ts';
import { PAIR, type StageOptions } from '../stage/stage.ts';
import { synthesize, synthesizeFleet } from '../stage/synthesis.ts';
import { styled, type Terminal } from '../terminal/terminal.ts';
import { folded, labelled } from '../terminal/wrap.ts';
import { settingsOf } from './quirk-settings.ts';
import { endText, entry, releaseLines, stepLines, stepsOf } from './release-story.ts';
import { type Finished, runScenario, type ScenarioResult } from './run.ts';
import type { Scenario } from './scenario.ts';

export interface RehearseOptions {
  /** Real processes and sockets in scaled time, instead of a simulation. */
  readonly real?: boolean;
  /** Service seconds in a real second when `real` (default 40). */
  readonly speed?: number;
  /** Under every reading of what AWS does not document, instead of the first one that the scenario names. */
  readonly all?: boolean;
  /** Where simulations take their functions from (default: each call loads its own). */
  readonly functions?: LoadedFunctions;
}

const SPEED = 40;

/** Releases that are named one by one in the sum of a scenario; of more only how many ended how is said. */
const NAMED = 3;

/** How all releases of a scenario ended, in one line. */
const endsText = (releases: readonly Finished[]): string => {
  if (releases.length === 0) return 'no release was started';
  if (releases.length === 1) return endText(releases[0]!);
  if (releases.length <= NAMED)
    return releases.map((one) => `${one.name} ${endText(one)}`).join(', ');
  const counts = new Map<string, number>();
  for (const { end } of releases) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].map(([end, count]) => `${count} ${end}`).join(', ');
};

const print = (terminal: Terminal, title: string, result: ScenarioResult): void => {
  const { releases, live, problems, told } = result;
  const { room } = terminal;
  const all = (lines: readonly string[]) => {
    for (const text of lines) terminal.line(text);
  };
  terminal.line();
  if (title) terminal.line(styled('bold', title));
  const steps = stepsOf(releases, told);
  for (const release of releases) all(releaseLines(release, steps.get(release) ?? [], room));
  if (releases.length === 0) {
    all(entry('nothing', 'No release was started.', room));
    all(stepLines(told, told[0]?.at, room));
  }
  const places = Object.entries(live).map(([target, place]) => `${target} on ${place}`);
  all(entry('users', places.join(', '), room));
  for (const problem of problems)
    all(labelled('   ', brief(problem), room).map((text) => styled('red', text)));
};

/** Under what a scenario is played, for people who wonder whether AWS really does so. */
const readingsText = (played: readonly string[], possible: number): string => {
  if (played.length > 1)
    return `Played under ${played.length} readings of undocumented AWS behaviour: ${played.join(', ')}.`;
  return possible > 1
    ? `Played ${played[0]}; --all plays all ${possible} readings of undocumented AWS behaviour.`
    : `Played ${played[0]}.`;
};

const printSum = (terminal: Terminal, results: readonly ScenarioResult[]): void => {
  const good = results.filter(({ problems }) => problems.length === 0).length;
  const ends = [...new Set(results.map(({ releases }) => endsText(releases)))].join('; or ');
  const colour = good === results.length ? 'green' : 'red';
  terminal.line();
  const sum = `${styled(colour, `${good} of ${results.length} as expected`)}: `;
  for (const text of labelled(sum, ends, terminal.room)) terminal.line(text);
};

/** Plays a scenario from templates that are synthesized already; true when all is as it expects. @internal */
export const rehearse = async (
  scenario: Scenario,
  terminal: Terminal,
  {
    real = false,
    speed = SPEED,
    all = false,
    functions = simulatedFunctions(),
  }: RehearseOptions = {},
): Promise<boolean> => {
  const setting: StageOptions['setting'] = real
    ? { kind: 'rehearsal', speed }
    : { kind: 'simulation', functions };
  const settings = settingsOf(scenario);
  const played = all ? settings : settings.slice(0, 1);
  for (const text of folded(scenario.fault, terminal.room)) terminal.line(styled('bold', text));
  const readings = readingsText(
    played.map(([name]) => name),
    settings.length,
  );
  for (const text of folded(readings, terminal.room)) terminal.line(text);
  const results: ScenarioResult[] = [];
  for (const [name, quirks] of played) {
    const result = await runScenario(scenario, {
      setting,
      quirks,
      progress: (text) => terminal.live([`  ${styled('gray', text)}`]),
    });
    terminal.live([]);
    print(terminal, played.length > 1 ? name : '', result);
    results.push(result);
  }
  printSum(terminal, results);
  return results.every(({ problems }) => problems.length === 0);
};

/** Plays a scenario from the sources as they are now, and prints what came of it; true when all is as it expects. */
export const rehearseFresh = async (
  scenario: Scenario,
  terminal: Terminal,
  options: RehearseOptions = {},
): Promise<boolean> => {
  terminal.live(['  Bundling the handlers and synthesizing the templates that AWS would get …']);
  await synthesize();
  if (scenario.pair !== PAIR) await synthesizeFleet();
  return rehearse(scenario, terminal, options);
};

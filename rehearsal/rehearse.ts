/** Plays one scenario for a person: in simulation, where days take seconds, or with real processes. */
import { brief } from '../core/brief.ts';
import { clockText } from '../core/durations.ts';
import { endTitle } from '../core/judged-words.ts';
import { toMilliseconds } from '../core/moments.ts';
import { oneLine } from '../core/one-line.ts';
import { cellTable, proofSummary } from '../core/proof-table.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { type LoadedFunctions, loadedFunctions } from '../sandbox/sandbox.ts';
import { settingsOf } from './quirk-settings.ts';
import { type Finished, runScenario, type ScenarioResult } from './run.ts';
import type { Scenario } from './scenario.ts';
import { PAIR, type StageOptions } from './stage.ts';
import { synthesize, synthesizeFleet } from './synthesis.ts';
import { styled, type Terminal } from './terminal.ts';

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

/** Longest line of the ledger that is shown, in characters; the reasons say the rest. */
const LONGEST_LINE = 160;

/** Releases that are named one by one in the sum of a scenario; of more only how many ended how is said. */
const NAMED = 3;

const label = (text: string): string => styled('gray', text.padEnd(9));

const proofLines = ({ proof }: ReleaseRecord): readonly string[] =>
  proof
    ? [
        `   ${label('proved')} ${proofSummary(proof)}`,
        ...cellTable(proof).map((row) => `   ${label('')} ${styled('gray', row)}`),
      ]
    : [];

/** An end as people read it, with the code of its first reason. */
const endText = ({ end, record, cause }: Finished): string => {
  const code = record?.reasons[0]?.code ?? /\(([a-z-]+)\)/.exec(cause)?.[1];
  const title = record?.end ? endTitle(record, record.end) : end;
  return `${end === 'Refused' ? 'Rejected' : title}${code ? ` (${code})` : ''}`;
};

const releaseLines = (release: Finished): readonly string[] => {
  const { name, cause, record } = release;
  const reasons = record?.reasons.map(({ text, code }) => `${brief(text)} (${code})`) ?? [cause];
  const run = record?.reasons.flatMap(({ run: lines = [] }) => lines) ?? [];
  const since = (at: string) => toMilliseconds(at) - toMilliseconds(record!.times.started);
  return [
    `   ${label(name)} ${styled('bold', endText(release))}`,
    ...reasons.filter(Boolean).map((text) => `   ${label('because')} ${text}`),
    ...run.map((line, index) => `   ${label(index === 0 ? 'run' : '')} ${line}`),
    ...(record ? proofLines(record) : []),
    ...(record?.ledger ?? []).map(
      ({ at, what }) =>
        `   ${label(clockText(since(at)))} ${styled('gray', oneLine(brief(what), LONGEST_LINE))}`,
    ),
  ];
};

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
  const { releases, live, problems } = result;
  terminal.line();
  if (title) terminal.line(styled('bold', title));
  for (const release of releases) for (const text of releaseLines(release)) terminal.line(text);
  if (releases.length === 0) terminal.line(`   ${label('nothing')} No release was started.`);
  const places = Object.entries(live).map(([target, place]) => `${target} on ${place}`);
  terminal.line(`   ${label('users')} ${places.join(', ')}`);
  for (const problem of problems) terminal.line(`   ${styled('red', brief(problem))}`);
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
  terminal.line(`${styled(colour, `${good} of ${results.length} as expected`)}: ${ends}`);
};

/** Plays a scenario from templates that are synthesized already; true when all is as it expects. */
export const rehearse = async (
  scenario: Scenario,
  terminal: Terminal,
  { real = false, speed = SPEED, all = false, functions = loadedFunctions() }: RehearseOptions = {},
): Promise<boolean> => {
  const setting: StageOptions['setting'] = real
    ? { kind: 'rehearsal', speed }
    : { kind: 'simulation', functions };
  const settings = settingsOf(scenario);
  const played = all ? settings : settings.slice(0, 1);
  terminal.line(styled('bold', scenario.fault));
  terminal.line(
    readingsText(
      played.map(([name]) => name),
      settings.length,
    ),
  );
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

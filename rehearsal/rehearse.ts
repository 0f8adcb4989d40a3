/** Plays one scenario file for a person: in simulation, where days take seconds, or with real processes. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as z from 'zod';
import { cellTable, proofSummary } from '../core/proof-table.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { type LoadedFunctions, loadedFunctions } from '../sandbox/sandbox.ts';
import { settingsOf } from './quirk-settings.ts';
import { type Finished, runScenario, type ScenarioResult } from './run.ts';
import { Scenario } from './scenario.ts';
import { PAIR, type StageOptions } from './stage.ts';
import { synthesize, synthesizeFleet } from './synthesis.ts';
import { styled, type Terminal } from './terminal.ts';

export interface RehearseOptions {
  /** Real processes and sockets in scaled time, instead of a simulation. */
  readonly real?: boolean;
  /** Service seconds in a real second when `real` (default 40). */
  readonly speed?: number;
}

const SPEED = 40;

/** Longest line of the ledger that is shown, in characters; the reasons say the rest. */
const LONGEST_LINE = 160;

const label = (text: string): string => styled('gray', text.padEnd(9));

const proofLines = ({ proof }: ReleaseRecord): readonly string[] =>
  proof
    ? [
        `   ${label('proved')} ${proofSummary(proof)}`,
        ...cellTable(proof).map((row) => `   ${label('')} ${styled('gray', row)}`),
      ]
    : [];

const releaseLines = ({ name, end, cause, record }: Finished): readonly string[] => {
  const reasons = record?.reasons.map(({ text, code }) => `${text} (${code})`) ?? [cause];
  return [
    `   ${label(name)} ${styled('bold', end === 'Refused' ? 'Rejected' : end)}`,
    ...reasons.filter(Boolean).map((text) => `   ${label('because')} ${text}`),
    ...(record ? proofLines(record) : []),
    ...(record?.ledger ?? []).map(
      ({ at, what }) =>
        `   ${label(at.slice(11, 19))} ${styled('gray', what.slice(0, LONGEST_LINE))}`,
    ),
  ];
};

const print = (terminal: Terminal, title: string, result: ScenarioResult): void => {
  const { releases, live, problems } = result;
  terminal.line();
  terminal.line(styled('bold', title));
  for (const release of releases) for (const text of releaseLines(release)) terminal.line(text);
  if (releases.length === 0) terminal.line(`   ${label('nothing')} No release was started.`);
  const places = Object.entries(live).map(([target, place]) => `${target} on ${place}`);
  terminal.line(`   ${label('users')} ${places.join(', ')}`);
  for (const problem of problems) terminal.line(`   ${styled('red', problem)}`);
  terminal.line(
    problems.length === 0 ? `   ${styled('green', 'As expected')}` : '   Not as expected',
  );
};

/** Plays a scenario from templates that are synthesized already; true when all is as it expects. */
export const rehearse = async (
  scenario: Scenario,
  terminal: Terminal,
  { real = false, speed = SPEED }: RehearseOptions = {},
): Promise<boolean> => {
  const functions: LoadedFunctions = loadedFunctions();
  const setting: StageOptions['setting'] = real
    ? { kind: 'rehearsal', speed }
    : { kind: 'simulation', functions };
  let good = true;
  // With real processes once is enough for the eye; a simulation shows every setting.
  for (const [name, quirks] of settingsOf(scenario).slice(0, real ? 1 : undefined)) {
    const result = await runScenario(scenario, {
      setting,
      quirks,
      progress: (text) => terminal.live([`  ${styled('gray', text)}`]),
    });
    terminal.live([]);
    print(terminal, `${scenario.fault} (${name})`, result);
    good &&= result.problems.length === 0;
  }
  return good;
};

/** A file's JSON; throws a sentence for people when there is none. */
const readJson = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new Error(
      `${path} cannot be read (${error.message}). Name a scenario file, for example samples/scenarios/approved.json`,
    );
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`);
  }
};

/** Reads a scenario; throws a sentence for people when the file is none. */
const readScenario = async (path: string): Promise<Scenario> => {
  const read = Scenario.safeParse(await readJson(path));
  if (read.success) return read.data;
  throw new Error(
    `${basename(path)} does not follow docs/scenario.schema.json:\n${z.prettifyError(read.error)}`,
  );
};

/** Plays a scenario file and prints what came of it; true when all is as the file expects. */
export const rehearseFile = async (
  path: string,
  terminal: Terminal,
  options: RehearseOptions = {},
): Promise<boolean> => {
  const scenario = await readScenario(path);
  terminal.live(['  Bundling the handlers and synthesizing the templates that AWS would get …']);
  await synthesize();
  if (scenario.pair !== PAIR) await synthesizeFleet();
  return rehearse(scenario, terminal, options);
};

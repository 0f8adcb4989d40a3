/** Which scenarios have been played as they should, under which settings, by runs that share a folder. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_FOLDER } from './run-folder.ts';

const folder = join(RUN_FOLDER, 'played-scenarios');

const lineOf = (scenario: string, setting: string): string => `${scenario}: ${setting}`;

const before: ReadonlySet<string> = new Set(
  (existsSync(folder) ? readdirSync(folder) : []).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8').split('\n'),
  ),
);

/** Whether an earlier run has played a scenario under a setting, and it ended as it should. */
export const wasPlayed = (scenario: string, setting: string): boolean =>
  before.has(lineOf(scenario, setting));

/** Notes that a scenario ended as it should under a setting. */
export const notePlayed = (scenario: string, setting: string): void => {
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.txt`), `${lineOf(scenario, setting)}\n`);
};

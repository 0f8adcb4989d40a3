/** What the roles of all scenarios of a run have used, kept where every process of the run finds it. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UsedPermission } from 'tandem-sandbox';
import { RUN_FOLDER } from './run-folder.ts';

const folder = join(RUN_FOLDER, 'used-permissions');

const noted = new Set<string>();

/** Names of the sandbox's roles end in a random part, which differs between scenarios. */
export const roleName = (arn: string): string =>
  arn.slice(arn.lastIndexOf('/') + 1).replace(/-[A-Z0-9]{10,}$/, '');

export type Use = Pick<UsedPermission, 'role' | 'action' | 'resource'>;

/** Keeps what the roles of a scenario have used. */
export const noteUsed = (used: readonly UsedPermission[]): void => {
  const fresh = used
    .map(({ role, action, resource }) => JSON.stringify({ role: roleName(role), action, resource }))
    .filter((line) => !noted.has(line));
  for (const line of fresh) noted.add(line);
  mkdirSync(folder, { recursive: true });
  if (fresh.length > 0)
    appendFileSync(join(folder, `${process.pid}.jsonl`), `${fresh.join('\n')}\n`);
};

/** What was used in this run; empty when it played no scenario. */
export const usedInThisRun = (): readonly Use[] =>
  (existsSync(folder) ? readdirSync(folder) : []).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Use),
  );

/** Cold starts: what loading a handler costs over a handler that does nothing, each in a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { laptopEnvironment } from '../../rehearsal/stage/environment.ts';
import { bundleOf } from './bundles.ts';

const run = promisify(execFile);

/** Starts of each handler, one after the other by turns; the first round only warms the disk up. */
const ROUNDS = 13;

/** Handlers that are measured: hooks, the step of every round, and the largest one. */
const HANDLERS = [
  'after-allow-traffic',
  'ecs-before-install',
  'lambda-before-allow-traffic',
  'observe',
  'validate-release',
] as const;

/** Budget of a hook over the bare handler (minimum), in milliseconds, and in megabytes on Node 24. */
export const HOOK_BUDGET = { milliseconds: 50, megabytes: 22 } as const;

export interface ColdStart {
  readonly name: string;
  /** Milliseconds of the import, and from the start of the process until it is done: the shortest ones. */
  readonly init: number;
  readonly process: number;
  /** Megabytes of memory after it (resident, smallest). */
  readonly memory: number;
}

const PROBE = `
const began = performance.now();
await import(process.argv[1]);
const done = performance.now();
console.log(JSON.stringify([done - began, done, process.memoryUsage.rss() / 1e6]));
`;

/** Variables that a handler finds on Lambda. */
const environment = () => ({
  ...laptopEnvironment(),
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  POWERTOOLS_TRACE_ENABLED: 'false',
});

const start = async (file: string): Promise<readonly number[]> => {
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module', '--eval', PROBE, pathToFileURL(file).href],
    { env: environment() },
  );
  return JSON.parse(stdout);
};

/** Starts every handler in turn; the bare one comes first in the answer. */
export const measureColdStarts = async (): Promise<readonly ColdStart[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const bare = join(folder, 'index.mjs');
  await writeFile(bare, 'export const handler = async () => {};\n');
  const files = new Map([
    ['a bare handler', bare],
    ...HANDLERS.map((name) => [name, bundleOf(name)] as const),
  ]);
  const found = new Map<string, (readonly number[])[]>();
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, file] of files) {
        const figures = await start(file);
        if (round > 0) found.set(name, [...(found.get(name) ?? []), figures]);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return [...found].map(([name, figures]) => {
    const least = (place: number) => Math.min(...figures.map((one) => one[place]!));
    return { name, init: least(0), process: least(1), memory: least(2) };
  });
};

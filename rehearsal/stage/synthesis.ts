import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Policy } from '../../core/release/policy.ts';
import { diskFault } from '../../core/text/disk-fault.ts';
import { isFresh } from '../../scripts/stamp.ts';
import { laptopEnvironment } from './environment.ts';
import { remake, remakeStale } from './in-place.ts';

const run = promisify(execFile);

/** Folder of this repository. */
export const ROOT = join(import.meta.dirname, '../..');

/** Where the synthesized templates lie. */
export const ASSEMBLY = join(ROOT, 'dist', 'assembly');

/** Where those with another policy are: tests and rehearsals read the ones above. */
export const TRIED = join(ROOT, 'dist', 'assembly-tried');

/** Where the templates of the fleet lie: pairs of other shapes than the storefront's, for scenarios. */
export const FLEET = join(ROOT, 'dist', 'fleet');

/** Runs a script of ours: a source in the repository, what was made of it in the package. */
const script = async (name: string, environment: Record<string, string>): Promise<void> => {
  const file = `${name}${extname(import.meta.filename)}`;
  try {
    await run(process.execPath, [join(ROOT, file)], {
      cwd: ROOT,
      env: { ...laptopEnvironment(), CDK_VALIDATION: 'false', ...environment },
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(diskFault(stderr || message) ?? `${file} failed:\n${stderr || message}`);
  }
};

/** Bundles the handlers, where there are sources: the package brings the bundles. */
const bundleHandlers = async (): Promise<void> => {
  if (!existsSync(join(ROOT, 'handlers'))) return;
  if (!(await isFresh(join(ROOT, 'dist', 'handlers', 'stamp.json'))))
    await script('scripts/build', {});
};

/** What a synth reads, by patterns: a file that comes or goes counts as one that changes. */
const READ = [
  'cdk.json',
  'package-lock.json',
  'dist/handlers/*/index.mjs',
  '{core,environments,infra,samples/api-function,statemachines}/**/*',
];

const readBySynth = (further: readonly string[]): readonly string[] =>
  globSync([...READ, ...further], { cwd: ROOT, exclude: (name) => name === 'node_modules' })
    .sort()
    .map((file) => join(ROOT, file));

/** Makes templates by a script, unless those in the folder were made from the files as they are now. */
const templates = (name: string, folder: string, further: readonly string[] = []): Promise<void> =>
  remakeStale(folder, readBySynth(further), (draft) => script(name, { CDK_OUTDIR: draft }));

/**
 * Bundles the handlers and synthesizes the templates that AWS would get, with another policy of the storefront where
 * one is given; gives their folder.
 */
export const synthesize = async (folder = ASSEMBLY, policy?: Policy): Promise<string> => {
  await bundleHandlers();
  if (policy === undefined) await templates('infra/app', folder);
  else {
    // The context of a CDK app, as its command line would hand it over.
    const CDK_CONTEXT_JSON = JSON.stringify({ policy });
    await remake(folder, (draft) => script('infra/app', { CDK_OUTDIR: draft, CDK_CONTEXT_JSON }));
  }
  return folder;
};

/** Synthesizes the pairs of other shapes that scenarios release; gives their folder. */
export const synthesizeFleet = async (): Promise<string> => {
  await templates('test/scenarios/fleet/app', FLEET, ['test/scenarios/**/*']);
  return FLEET;
};

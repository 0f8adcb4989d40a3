import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Policy } from '../../core/release/policy.ts';
import { diskFault } from '../../core/text/disk-fault.ts';
import { laptopEnvironment } from './environment.ts';
import { remake } from './in-place.ts';

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

/**
 * Bundles the handlers and synthesizes the templates that AWS would get, with another policy of the storefront where
 * one is given; gives their folder.
 */
export const synthesize = async (folder = ASSEMBLY, policy?: Policy): Promise<string> => {
  // The package brings the bundles, and no sources to make them from.
  if (existsSync(join(ROOT, 'handlers'))) await script('scripts/build', {});
  // The context of a CDK app, as its command line would hand it over.
  const context = policy === undefined ? {} : { CDK_CONTEXT_JSON: JSON.stringify({ policy }) };
  await remake(folder, (draft) => script('infra/app', { CDK_OUTDIR: draft, ...context }));
  return folder;
};

/** Synthesizes the pairs of other shapes that scenarios release; gives their folder. */
export const synthesizeFleet = async (): Promise<string> => {
  await remake(FLEET, (draft) => script('test/scenarios/fleet/app', { CDK_OUTDIR: draft }));
  return FLEET;
};

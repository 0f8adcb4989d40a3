import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { laptopEnvironment } from './environment.ts';

const run = promisify(execFile);

/** Folder of this repository. */
export const ROOT = join(import.meta.dirname, '..');

/** Where the synthesized templates lie. */
export const ASSEMBLY = join(ROOT, 'dist', 'assembly');

/** Where the templates of the fleet lie: pairs of other shapes than the storefront's, for scenarios. */
export const FLEET = join(ROOT, 'dist', 'fleet');

const script = async (file: string, environment: Record<string, string>): Promise<void> => {
  try {
    await run(process.execPath, [join(ROOT, file)], {
      cwd: ROOT,
      env: { ...laptopEnvironment(), CDK_VALIDATION: 'false', ...environment },
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`${file} failed:\n${stderr || message}`);
  }
};

/** Bundles the handlers and synthesizes the templates that AWS would get; gives their folder. */
export const synthesize = async (folder = ASSEMBLY): Promise<string> => {
  await script('scripts/build.ts', {});
  await script('infra/app.ts', { CDK_OUTDIR: folder });
  return folder;
};

/** Synthesizes the pairs of other shapes that scenarios release; gives their folder. */
export const synthesizeFleet = async (): Promise<string> => {
  await script('test/scenarios/fleet/app.ts', { CDK_OUTDIR: FLEET });
  return FLEET;
};

/** The functions of simulations: they run from bundles without the SDK and the core, which a process loads once. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadedFunctions } from 'tandem-sandbox';
import { ROOT } from './synthesis.ts';

const BUNDLES = join(ROOT, 'dist', 'handlers');

/** Where those bundles are, by the names of the others (`scripts/build.ts` writes both). */
const SIMULATED = join(ROOT, 'dist', 'handlers-simulated');

const hashOf = (folder: string): string | undefined => {
  const file = join(folder, 'index.mjs');
  return existsSync(file)
    ? createHash('sha256').update(readFileSync(file)).digest('hex')
    : undefined;
};

/** Folders of the bundles for simulations, by the hash of the bundle that AWS gets. */
const simulatedFolders = (): ReadonlyMap<string | undefined, string> =>
  new Map(
    (existsSync(SIMULATED) ? readdirSync(SIMULATED) : []).map((name) => [
      hashOf(join(BUNDLES, name)),
      join(SIMULATED, name),
    ]),
  );

/**
 * Makes an empty store of functions for simulations that follow one another. A function that is no handler of ours, or of
 * an older build, is loaded as it is; `isLentAgain` says, by its variables, which one may be used again.
 */
export const simulatedFunctions = (
  isLentAgain?: (variables: Readonly<Record<string, string>>) => boolean,
) => {
  let folders: ReadonlyMap<string | undefined, string> | undefined;
  return loadedFunctions(isLentAgain, ({ folder }) => {
    folders ??= simulatedFolders();
    return folders.get(hashOf(folder)) ?? folder;
  });
};

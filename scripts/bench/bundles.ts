/** Sizes of the handlers' bundles, as AWS gets them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { HOOKS } from '../../core/drivers/hooks.ts';
import { ROOT } from '../../rehearsal/stage/synthesis.ts';
import { ENTRIES } from '../build.ts';

/** Budget of a hook's bundle in kilobytes. */
export const HOOK_BUDGET = { minified: 260, gzip: 80 } as const;

export interface Bundle {
  readonly name: string;
  readonly isHook: boolean;
  /** Kilobytes (1,000 bytes). */
  readonly minified: number;
  readonly gzip: number;
}

/** File that holds a handler. */
export const bundleOf = (name: string): string => join(ROOT, 'dist', 'handlers', name, 'index.mjs');

/** Every bundle, the largest first. */
export const measureBundles = async (): Promise<readonly Bundle[]> => {
  const bundles = await Promise.all(
    Object.keys(ENTRIES).map(async (name) => {
      const bytes = await readFile(bundleOf(name));
      return {
        name,
        isHook: Object.hasOwn(HOOKS, name),
        minified: bytes.length / 1000,
        gzip: gzipSync(bytes, { level: 9 }).length / 1000,
      };
    }),
  );
  return bundles.sort((a, b) => b.minified - a.minified);
};

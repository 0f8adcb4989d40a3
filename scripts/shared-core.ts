/** What simulated functions share beside the SDK: the pure modules of `core/`, and zod. They know nothing of their function. */
import { globSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

/** Packages that core is made with; handlers must have the same ones. */
const PACKAGES = ['zod', 'zod/mini'];

const outOf = (file: string): string => file.replace(/\.ts$/, '');

/** Entry points of the shared modules: each by its own name. */
export const sharedEntries = (core: string): { in: string; out: string }[] => [
  ...globSync('**/*.ts', { cwd: core })
    .sort()
    .map((file) => ({ in: join(core, file), out: join('core', outOf(file)) })),
  ...PACKAGES.map((name) => ({ in: name, out: join('packages', name, 'index') })),
];

/** Imports of core and its packages stay imports, of what is built into the folder `shared`. */
export const sharedCore = (core: string, shared: string): Plugin => ({
  name: 'shared core',
  setup: ({ onResolve }) => {
    const to = (out: string) => ({
      path: pathToFileURL(join(shared, `${out}.mjs`)).href,
      external: true,
    });
    onResolve({ filter: /^zod(\/mini)?$/ }, ({ path }) => to(join('packages', path, 'index')));
    onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
      const file = resolve(dirname(importer), path);
      return file.startsWith(join(core, '/'))
        ? to(join('core', outOf(relative(core, file))))
        : undefined;
    });
  },
});

/** What simulated functions share beside the SDK: the pure modules of `core/`, and zod. They know nothing of their function. */
import { globSync, readFileSync } from 'node:fs';
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

/** How zod/mini makes the schema of an object, and how zod does, which compiles a function of it when it is first used. */
const WALKED = 'core.$ZodObject.init(inst, def)';
const COMPILED = 'core.$ZodObjectJIT.init(inst, def)';

/**
 * Has schemas compiled: a process that plays many releases parses the same ones a hundred thousand times. What AWS gets
 * walks them, since a function that starts cold would compile each of them for a few values.
 */
export const compiledSchemas: Plugin = {
  name: 'compiled schemas',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]mini[\\/]schemas\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(WALKED)) {
        throw new Error(`${path} has no "${WALKED}": see what this version of zod calls it`);
      }
      return { contents: source.replace(WALKED, COMPILED), loader: 'js' };
    });
  },
};

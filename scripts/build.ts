/**
 * Bundles every handler: `dist/handlers/<name>/index.mjs`, the very bytes that AWS and rehearsals run, and
 * `dist/handlers-simulated/<name>/index.mjs` for simulations, with what they share in `dist/handlers-shared`.
 */
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import * as esbuild from 'esbuild';
import { HOOKS } from '../core/drivers/hooks.ts';
import { STEP_NAMES, TRIGGER_NAMES } from '../core/names.ts';
import { diskFault } from '../core/text/disk-fault.ts';
import { leanClients, noDescriptions, standIns } from './lean-bundles.ts';
import { compiledSchemas, sharedCore, sharedEntries } from './shared-core.ts';
import { isFresh, stampOf } from './stamp.ts';

const root = dirname(import.meta.dirname);

/** Source file of every handler, relative to the folder of the handlers, by name. */
export const ENTRIES: Readonly<Record<string, string>> = Object.fromEntries([
  ...STEP_NAMES.map((name) => [name, `steps/${name}.ts`]),
  ...TRIGGER_NAMES.map((name) => [name, `triggers/${name}.ts`]),
  ...Object.keys(HOOKS).map((name) => [name, `hooks/${name}.ts`]),
]);

const CREDENTIALS = join(import.meta.dirname, 'environment-credentials.ts');

/** Files that decide how handlers are bundled, besides the handlers. */
const OWN_FILES = [
  import.meta.filename,
  join(import.meta.dirname, 'lean-bundles.ts'),
  join(import.meta.dirname, 'shared-core.ts'),
  join(root, 'package-lock.json'),
];

const STAMP = 'stamp.json';

const CORE = join(root, 'core');

/** Where the bundles are that leave the SDK to the runtime, beside those that AWS gets, and where the core is that they share. */
const simulatedFolder = (folder: string): string => `${folder}-simulated`;
const sharedFolder = (folder: string): string => `${folder}-shared`;

// Parts of a bundle that are CommonJS call `require`, which an ES module does not have.
const BANNER = `import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);`;

/** Writes a file only if its content changed, in one move: several processes may build at the same time. */
const write = async (path: string, content: Uint8Array | string): Promise<void> => {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(Buffer.from(content))) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
};

/** Removes bundles of handlers that exist no more. */
const removeStale = async (to: string): Promise<void> => {
  for (const entry of await readdir(to, { withFileTypes: true }))
    if (entry.isDirectory() && !ENTRIES[entry.name])
      await rm(join(to, entry.name), { recursive: true, force: true });
};

/** Removes parts of the core that an earlier build has split off. */
const removeParts = async (shared: string, outputs: readonly string[]): Promise<void> => {
  for (const name of await readdir(shared))
    if (name.startsWith('chunk-') && !outputs.includes(join(shared, name)))
      await rm(join(shared, name), { force: true });
};

/** What simulations take from the runtime, where AWS's functions bring it: packages that a process loads once for all functions. */
const OF_RUNTIME = ['@aws-sdk/client-*', '@aws-sdk/util-dynamodb'];

/** How everything is bundled. */
const COMMON = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // The SDK's clients have no `exports`: without this esbuild takes their CommonJS half, which it cannot shake.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': CREDENTIALS },
  banner: { js: BANNER },
  minify: true,
  sourcemap: 'external',
  sourcesContent: false,
  metafile: true,
  write: false,
  logLevel: 'silent',
} as const satisfies esbuild.BuildOptions;

const LEAN = [noDescriptions(CORE), standIns];

const entriesIn = (from: string) =>
  Object.entries(ENTRIES).map(([name, file]) => ({ in: join(from, file), out: `${name}/index` }));

/** Bundles the handlers as AWS gets them, into files under `to` that are not written yet. */
const bundled = (from: string, to: string) =>
  esbuild.build({
    ...COMMON,
    entryPoints: entriesIn(from),
    outdir: to,
    plugins: [leanClients(from, CORE), ...LEAN],
  });

/** Bundles the handlers for simulations, without what they share, and what they share. */
const simulated = (from: string, to: string) =>
  Promise.all([
    esbuild.build({
      ...COMMON,
      entryPoints: entriesIn(from),
      outdir: simulatedFolder(to),
      external: OF_RUNTIME,
      plugins: [sharedCore(CORE, sharedFolder(to)), standIns],
    }),
    esbuild.build({
      ...COMMON,
      entryPoints: sharedEntries(CORE),
      outdir: sharedFolder(to),
      splitting: true,
      plugins: [...LEAN, compiledSchemas],
    }),
  ]);

/** Bundles the sources into `to`, and for simulations beside it; the result is on disk when the promise resolves. */
const bundle = async (from: string, to: string): Promise<void> => {
  const begun = Date.now();
  const [{ outputFiles, metafile }, further] = await Promise.all([
    bundled(from, to),
    simulated(from, to),
  ]);
  outputFiles.push(...further.flatMap((built) => built.outputFiles));
  await Promise.all(outputFiles.map(({ path, contents }) => write(path, contents)));
  await write(join(to, 'meta.json'), JSON.stringify(metafile));
  for (const folder of [to, simulatedFolder(to)]) await removeStale(folder);
  const inputs = Object.keys(metafile.inputs)
    // What a plugin made up is no file.
    .filter((input) => !input.includes(':'))
    .map((input) => join(root, input));
  const outputs = outputFiles.map(({ path }) => path);
  await removeParts(sharedFolder(to), outputs);
  // A source that was saved while it was being bundled may be in the bundle or not: the next build looks again.
  if (inputs.some((input) => statSync(input).mtimeMs >= begun)) return;
  await write(join(to, STAMP), await stampOf([...OWN_FILES, ...inputs, ...outputs]));
};

/**
 * Bundles the handlers in folder `from` into folder `to`, if any of their files changed since the last time, and
 * returns the size of each bundle in bytes. Throws an error that names every source file that is missing.
 */
export const build = async ({
  from = join(root, 'handlers'),
  to = join(root, 'dist', 'handlers'),
} = {}): Promise<Readonly<Record<string, number>>> => {
  const missing = Object.values(ENTRIES).filter((file) => !existsSync(join(from, file)));
  if (missing.length > 0)
    throw new Error(
      `core/names.ts names handlers whose source is missing in ${relative(root, from) || '.'}: ${missing.join(', ')}`,
    );
  if (!(await isFresh(join(to, STAMP)))) await bundle(from, to);
  return Object.fromEntries(
    Object.keys(ENTRIES).map((name) => [name, statSync(join(to, name, 'index.mjs')).size]),
  );
};

/** `npm run build`: bundles everything and says how much that is; what is wrong with a source is one text. */
export const main = async (): Promise<void> => {
  try {
    const sizes = Object.values(await build());
    const average = Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length / 1000);
    console.log(`Bundled ${sizes.length} handlers, ${average} KB on average.`);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.error(diskFault(text) ?? text);
    process.exitCode = 1;
  }
};

if (import.meta.main) await main();

/**
 * Makes `lib/`, which `npm pack` packs: the construct library and the command as JavaScript with declarations, beside
 * everything that they read, in the same places as in the repository. The sandbox is in `lib/node_modules`, where
 * its name leads.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from './build.ts';

const root = dirname(import.meta.dirname);
const lib = join(root, 'lib');

/** What the sources read at run time: machines, bundles, samples, feature flags, what runs beside an application. */
const READ = [
  'cdk.json',
  'statemachines/*.asl.json',
  'dist/handlers/*/index.mjs',
  'samples/{web-app,api-function}/**/*',
  'packages/sandbox/**/*.mjs',
  'infra/**/*.sh',
];

/** Dependencies of workspaces: an install of the package has them in its own folder. */
const LEFT_OUT = /(^|\/)node_modules(\/|$)/;

const copyRead = (): void => {
  for (const entry of globSync(READ, { cwd: root, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || LEFT_OUT.test(path.slice(root.length))) continue;
    const to = join(lib, path.slice(root.length));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(path, to);
  }
};

const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const writeManifest = (folder: string, manifest: object): void =>
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

/** Writes what the command reads of the package, and what makes the folder's files modules. */
const describe = (): void => {
  const { name, version, description, type } = manifestOf(root);
  writeManifest(lib, { name, version, description, type });
};

/** Moves the compiled sandbox to where Node finds it by its name: an install of the package adds no workspaces. */
const placeSandbox = (): void => {
  const { name, version, type, exports } = manifestOf(join(root, 'packages', 'sandbox'));
  const folder = join(lib, 'node_modules', name);
  mkdirSync(dirname(folder));
  renameSync(join(lib, 'packages', 'sandbox'), folder);
  rmSync(join(lib, 'packages'), { recursive: true });
  writeManifest(folder, { name, version, type, exports: exports.replace(/\.ts$/, '.js') });
};

/** Writes `lib/` anew. Throws what the compiler says. */
export const main = async (): Promise<void> => {
  rmSync(lib, { recursive: true, force: true });
  await build();
  execFileSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.lib.json'],
    { cwd: root, stdio: 'inherit' },
  );
  copyRead();
  placeSandbox();
  describe();
};

if (import.meta.main) await main();

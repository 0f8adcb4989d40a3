import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';
import { ROOT } from './synthesis.ts';

/** Sample applications that come with several versions. */
export type Sample = 'web-app' | 'api-function';

/** Version that a sample's folder itself is. */
const BASE = '1.0.0';

/** Parts of a sample's folder that are not part of the artefact. */
const LEFT_OUT = ['versions', 'node_modules'];

/** Versions of a sample, the base first. */
export const versionsOf = async (sample: Sample): Promise<readonly string[]> => [
  BASE,
  ...(await readdir(join(ROOT, 'samples', sample, 'versions'))).sort(),
];

/** Makes the folder of one version of a sample: its base with the version's files laid over it. It is the caller's. */
export const artefact = async (sample: Sample, version: string): Promise<string> => {
  const base = join(ROOT, 'samples', sample);
  const overlay = join(base, 'versions', version);
  if (version !== BASE && !existsSync(overlay)) {
    throw new Error(
      `samples/${sample} has no version ${version}; it has ${(await versionsOf(sample)).join(', ')}`,
    );
  }
  const folder = join(ROOT, 'dist', 'samples', `${sample}-${version}-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(base, folder, {
    recursive: true,
    filter: (source) => !LEFT_OUT.includes(relative(base, source).split('/')[0] ?? ''),
  });
  if (version !== BASE) await cp(overlay, folder, { recursive: true });
  return folder;
};

/** Uses the folder of one version of a sample, and takes it away again. */
export const withArtefact = async <T>(
  sample: Sample,
  version: string,
  use: (folder: string) => Promise<T>,
): Promise<T> => {
  const folder = await artefact(sample, version);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Time stamp of every file in a zip, so that the same files give the same bytes. */
const EPOCH = new Date('1980-01-01T00:00:00');

/** Zips a folder as a function's code. */
export const zipOf = async (folder: string): Promise<Uint8Array> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, Uint8Array> = {};
  for (const entry of entries
    .filter((one) => one.isFile())
    .sort((a, b) => a.name.localeCompare(b.name))) {
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = new Uint8Array(await readFile(path));
  }
  return zipSync(files, { mtime: EPOCH });
};

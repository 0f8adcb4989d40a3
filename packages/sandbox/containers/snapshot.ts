import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dockerignore } from './dockerignore.ts';

/** A folder's files at one moment. */
export interface Snapshot {
  /** `sha256:…` over the paths and contents of the files, and nothing else. */
  readonly digest: string;
  /** Bytes of all files. */
  readonly size: number;
  /** Folder that holds the copy. */
  readonly folder: string;
}

interface File {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** Never part of an image here: installed packages are linked instead, and history is no program. */
const leftOut = new Set(['node_modules', '.git']);

const paths = async (folder: string, below = ''): Promise<string[]> => {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const lists = await Promise.all(
    entries
      .filter((entry) => !leftOut.has(entry.name))
      .map((entry) => {
        const path = below ? `${below}/${entry.name}` : entry.name;
        if (entry.isDirectory()) return paths(folder, path);
        return entry.isFile() ? [path] : [];
      }),
  );
  return lists.flat();
};

const read = async (folder: string): Promise<File[]> => {
  const rules = await readFile(join(folder, '.dockerignore'), 'utf8').catch(() => '');
  const isIgnored = dockerignore(rules);
  const kept = (await paths(folder)).filter((path) => !isIgnored(path)).sort();
  return Promise.all(
    kept.map(async (path) => {
      const content = await readFile(join(folder, path));
      return {
        path,
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      };
    }),
  );
};

/** The nearest `node_modules` up the tree that holds every dependency of the folder's package.json. */
const installedPackages = async (folder: string): Promise<string | undefined> => {
  const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
  const needed = Object.keys(JSON.parse(manifest).dependencies ?? {});
  const found: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const modules = join(at, 'node_modules');
    if (existsSync(modules)) found.push(modules);
    if (dirname(at) === at) break;
  }
  return (
    found.find((modules) => needed.every((name) => existsSync(join(modules, name)))) ?? found[0]
  );
};

/** Copies the files of `folder` that its .dockerignore leaves in below `store`; equal contents share one copy. */
export const snapshot = async (folder: string, store: string): Promise<Snapshot> => {
  const files = await read(folder);
  const list = files.map(({ path, sha256 }) => `${path}\0${sha256}\n`).join('');
  const sha256 = createHash('sha256').update(list).digest('hex');
  const copy = join(store, sha256.slice(0, 24));

  if (!existsSync(copy)) {
    // Filled beside its place and then moved there: nobody ever sees half a copy.
    const draft = `${copy}.${process.hrtime.bigint()}`;
    await mkdir(draft, { recursive: true });
    for (const { path } of files) {
      await mkdir(dirname(join(draft, path)), { recursive: true });
      await copyFile(join(folder, path), join(draft, path));
    }
    const modules = await installedPackages(folder);
    if (modules) await symlink(modules, join(draft, 'node_modules'), 'dir');
    await rename(draft, copy).catch(async (error) => {
      await rm(draft, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    });
  }
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return { digest: `sha256:${sha256}`, size, folder: copy };
};

/** Code of functions: unpacked once per content, never changed afterwards, known by its SHA-256. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { lambdaError } from './errors.ts';

/** Code as functions and versions refer to it. */
export interface Code {
  readonly folder: string;
  /** Base64, as in `CodeSha256`. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

type Files = ReadonlyMap<string, Uint8Array>;

/** Where code comes from. */
export interface CodeStore {
  fromZip(zip: Uint8Array): Code;
  /** An asset: a folder or a zip file. */
  fromAsset(path: string): Code;
  /** The source of a single file, as `Code.ZipFile` of a template gives it. */
  fromSource(source: string): Code;
}

const unzipped = (zip: Uint8Array): Files => {
  try {
    const entries = Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/'));
    if (entries.some(([path]) => path.startsWith('/') || path.split('/').includes('..')))
      throw new Error('a path leads out of the archive');
    return new Map(entries);
  } catch {
    throw lambdaError(
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
};

const filesOf = (folder: string): Files =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** The same for the same files, whatever their dates: paths and contents in the order of the paths. */
const hashOf = (files: Files): Buffer => {
  const hash = createHash('sha256');
  for (const [path, content] of files) hash.update(`${path}\0${content.length}\0`).update(content);
  return hash.digest();
};

/** ES modules cannot be told from scripts by the name that CloudFormation gives the file, only by their syntax. */
const isModule = (source: string): boolean => /^\s*(?:import|export)[\s{*]/m.test(source);

/** Keeps code under `folder`. */
export const codeStore = (folder: string): CodeStore => {
  const keep = (files: Files, hash: Buffer, size: number): Code => {
    const home = join(folder, 'lambda', hash.toString('hex').slice(0, 32));
    if (!existsSync(home)) {
      mkdirSync(home, { recursive: true });
      for (const [path, content] of files) {
        mkdirSync(dirname(join(home, path)), { recursive: true });
        writeFileSync(join(home, path), content);
      }
    }
    return { folder: home, sha256: hash.toString('base64'), size };
  };
  const plain = (files: Files): Code =>
    keep(
      files,
      hashOf(files),
      [...files.values()].reduce((sum, content) => sum + content.length, 0),
    );

  const store: CodeStore = {
    fromZip: (zip) => keep(unzipped(zip), createHash('sha256').update(zip).digest(), zip.length),
    fromAsset: (path) =>
      statSync(path).isDirectory() ? plain(filesOf(path)) : store.fromZip(readFileSync(path)),
    fromSource: (source) =>
      plain(new Map([[isModule(source) ? 'index.mjs' : 'index.js', Buffer.from(source)]])),
  };
  return store;
};

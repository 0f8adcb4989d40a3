import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The source files of the repository and what each of them imports. */

/** One source file; paths are relative to the root of the repository. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * One import statement: of a path inside the repository, or of a package (Node's own modules are packages too). The
 * name of a package of ours is the path to which it leads.
 */
export interface Import {
  readonly by: string;
  readonly from: string;
  /** What the statement says. */
  readonly written: string;
  readonly isPackage: boolean;
  /** Only types are imported, so nothing is left of it when it runs. */
  readonly typeOnly: boolean;
  /** It is loaded when a call needs it, by `import(…)`. */
  readonly dynamic: boolean;
}

const root = join(import.meta.dirname, '../..');

/** Folders that hold source. */
export const FOLDERS = [
  'account',
  'backtest',
  'cli',
  'core',
  'handlers',
  'infra',
  'packages',
  'rehearsal',
  'samples',
  'scripts',
  'simulation',
  'test',
] as const;

const CODE = /\.(ts|mts|mjs|js)$/;

const walk = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path);
    return CODE.test(entry.name) ? [path] : [];
  });

/** Every source file below a folder; none where the folder does not exist. */
export const sourcesIn = (folder: string): readonly Source[] =>
  existsSync(join(root, folder))
    ? walk(folder).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    : [];

/** What a `package.json` of the repository says. */
export const manifestIn = (folder: string) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

/** Where the name of each package of ours leads: to its one export. */
const exported: ReadonlyMap<string, string> = new Map(
  readdirSync(join(root, 'packages')).map((folder) => {
    const { name, exports } = manifestIn(`packages/${folder}`);
    return [name, posix.join('packages', folder, exports)];
  }),
);

/** `import … from`, `export … from`, `import '…'` at the start of a line, and `import('…')` anywhere. */
const STATEMENT =
  /^(?<kind>import|export)(?<clause>\s[^'"`;]*?\sfrom)?\s*['"](?<name>[^'"]+)['"]|\bimport\(\s*['"](?<called>[^'"]+)['"]/gm;

/** What a file imports, in the order of the text. */
export const importsOf = ({ path, text }: Source): readonly Import[] =>
  [...text.matchAll(STATEMENT)].map(({ groups = {} }) => {
    const written = (groups.name ?? groups.called)!;
    const ours = written.startsWith('.')
      ? posix.join(posix.dirname(path), written)
      : exported.get(written);
    return {
      by: path,
      from: ours ?? written,
      written,
      isPackage: ours === undefined,
      typeOnly: /^\s+type\s/.test(groups.clause ?? ''),
      dynamic: groups.called !== undefined,
    };
  });

/** Text of a file without comments and without the insides of quotes: what is left is what runs. */
export const codeOf = ({ text }: Source): string =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (found) =>
    found.startsWith('/') ? '' : "''",
  );

/** `= (…) =>`, `= <T>(…) =>`, and the frames that make a handler out of a function. */
const EXPORTED =
  /(?<comment>\*\/\n)?^export (?:async )?(?:function (?<name>\w+)|const (?<bound>\w+)(?:: [^=]+)? = (?:async )?(?:<|\(|step\(|trigger\(|hook\())/gm;

/** Names of the functions that a file exports without a comment right above them. */
export const uncommented = ({ text }: Source): readonly string[] =>
  [...text.matchAll(EXPORTED)].flatMap(({ groups = {} }) =>
    groups.comment ? [] : [(groups.name ?? groups.bound)!],
  );

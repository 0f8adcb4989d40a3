/** A temporary copy of the working tree, in which mutants are tried. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Mutant, mutated } from './mutant.ts';

export interface Copy {
  readonly folder: string;
  /** Runs `trial` while the mutant is in the copy. */
  with<T>(mutant: Mutant, trial: () => Promise<T>): Promise<T>;
  remove(): void;
}

/** Files of the working tree as a commit would have them now. */
const filesOf = (root: string): readonly string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));

/** Where a link of the copy leads: a workspace is a folder of the copy, every other package is the original's. */
const linkTo = (path: string): string =>
  lstatSync(path).isSymbolicLink() ? readlinkSync(path) : path;

/** Copies the working tree at `root`. The packages are linked, so that nothing is written among those of the original. */
export const copyTree = (root: string): Copy => {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  for (const file of filesOf(root)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  mkdirSync(join(folder, 'node_modules'));
  for (const entry of readdirSync(join(root, 'node_modules')).filter((one) => !/^\.vite/.test(one)))
    symlinkSync(linkTo(join(root, 'node_modules', entry)), join(folder, 'node_modules', entry));
  return {
    folder,
    with: async (mutant, trial) => {
      const path = join(folder, mutant.file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, mutated(mutant, text));
      try {
        return await trial();
      } finally {
        writeFileSync(path, text);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

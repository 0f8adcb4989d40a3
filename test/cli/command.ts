/** Runs the command as a person does, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** A running command. */
export interface Running {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  printed(): string;
  complained(): string;
  /** Resolves once it has printed a text; rejects with all it printed if it ends before. */
  says(text: string): Promise<void>;
  /** Exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts `tandem` with these parameters. */
export const tandem = (
  parameters: readonly string[],
  {
    env = {},
    node = [],
    root = ROOT,
  }: {
    env?: Record<string, string>;
    /** Parameters of Node. */
    node?: readonly string[];
    /** Folder of the clone. */
    root?: string;
  } = {},
): Running => {
  const child = spawn(process.execPath, [...node, join(root, 'cli', 'tandem.mjs'), ...parameters], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);

  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (printed.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      void ended.then(() => reject(new Error(`ended before "${text}":\n${printed}${complained}`)));
      look();
    });

  return { process: child, printed: () => printed, complained: () => complained, says, ended };
};

/** Plays seeds in a process of its own, so that a run uses every processor. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ROOM_FOR_THE_YOUNG } from './heap.ts';
import { type Played, type SeedPlayer, writeFound } from './play-seed.ts';
import { ENDS } from './run.ts';
import { scheduleOf } from './schedule.ts';

const ENTRY = new URL(import.meta.url.replace(/[^/]*(\.\w+)$/, 'seed-process$1'));

/** Seeds after which a process is replaced: modules that it has loaded never leave it. */
const SEEDS = 200;

/** Milliseconds after which a seed, with the plays that make it smaller, counts as one that never ends. */
const PATIENCE = 10 * 60_000;

/** Rejects with how the process ended, or that it had to be ended. */
const ended = async (child: ChildProcess, signal: AbortSignal): Promise<never> => {
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  signal.addEventListener('abort', () => clearTimeout(timer));
  const [code, killed] = await once(child, 'exit', { signal });
  throw new Error(`the process that played it ended with ${killed ?? `exit code ${code}`}`);
};

/** What a seed is that took its process with it: a breach, with its whole schedule. */
const lost = async (seed: number, text: string): Promise<Played> => {
  const { scenario, planned } = scheduleOf(seed);
  const breaches = [{ law: ENDS, text }];
  return {
    planned,
    outcome: { breaches, releases: 1, happened: [], reached: [], calls: new Set() },
    failure: { seed, breaches, file: await writeFound(seed, scenario) },
  };
};

/** Makes a player that has a process of its own. `entry` is what the process runs. */
export const playerApart = (entry: URL = ENTRY): SeedPlayer => {
  let child: ChildProcess | undefined;
  let played = 0;

  const close = () => {
    if (child?.connected) child.disconnect();
    child = undefined;
    played = 0;
  };

  const start = () =>
    fork(entry, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ROOM_FOR_THE_YOUNG],
    });

  return {
    play: async (seed) => {
      if (played >= SEEDS) close();
      child ??= start();
      played += 1;
      const over = new AbortController();
      try {
        const answer = once(child, 'message', over) as Promise<[Played]>;
        child.send(seed);
        const [found] = await Promise.race([answer, ended(child, over.signal)]);
        return found;
      } catch (error) {
        close();
        return lost(seed, (error as Error).message);
      } finally {
        over.abort();
      }
    },
    close,
  };
};

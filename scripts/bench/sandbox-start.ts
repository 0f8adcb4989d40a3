/** How long it takes until version 1 of the sample serves its users, in real seconds. */
import { openStage, type StageOptions } from '../../rehearsal/stage/stage.ts';
import { synthesize } from '../../rehearsal/stage/synthesis.ts';

/** Starts of each kind; the shortest one counts, since the machine has other things to do. */
const STARTS = 3;

/** The speed of the tour. */
const SPEED = 40;

export interface StartFigures {
  /** Bundles and templates, where nothing had changed since the last time. */
  readonly synthesis: number;
  /** With processes, workers and sockets. */
  readonly rehearsal: number;
  /** In one process, with virtual time. */
  readonly simulation: number;
}

const shortest = async (work: () => Promise<() => Promise<unknown>>): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < STARTS; n += 1) {
    const began = performance.now();
    const end = await work();
    best = Math.min(best, (performance.now() - began) / 1000);
    await end();
  }
  return best;
};

const start = (setting: StageOptions['setting']) => () =>
  shortest(async () => (await openStage({ setting })).close);

/** Measures all three. */
export const measureStart = async (): Promise<StartFigures> => ({
  synthesis: await shortest(async () => {
    await synthesize();
    return () => Promise.resolve();
  }),
  rehearsal: await start({ kind: 'rehearsal', speed: SPEED })(),
  simulation: await start({ kind: 'simulation' })(),
});

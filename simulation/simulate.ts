/** Plays one seed after the other, and counts what they have met. */
import { synthesize } from '../rehearsal/stage/synthesis.ts';
import { type Coverage, coverageOf, ENOUGH, neverHit } from './coverage.ts';
import { type Failure, playerHere, type SeedPlayer } from './play-seed.ts';
import { playerApart } from './player-apart.ts';

export interface SimulateOptions {
  readonly seed: number;
  readonly count: number;
  /** Seeds that are played at once, each in a process of its own; default: one, in this process. */
  readonly processes?: number;
  /** Minutes after which no further seed is begun. */
  readonly minutes?: number;
  /** Told after every seed. */
  readonly progress?: (done: number, seconds: number) => void;
  /** Told of every seed that breaks a law, at once. */
  readonly onFailure?: (failure: Failure) => void;
  /** Once it is aborted no further seed is begun. */
  readonly stop?: AbortSignal;
}

/** What a run showed. */
export interface Simulated {
  readonly seed: number;
  /** Seeds that were played. */
  readonly schedules: number;
  readonly seconds: number;
  readonly coverage: Coverage;
  readonly failures: readonly Failure[];
  /** Faults that were never hit, and calls that no fault can hit, if the run is large enough to say so. */
  readonly gaps: readonly string[];
}

/** Gaps of a run: only one that is large enough has any. @internal */
export const gapsOf = (coverage: Coverage, schedules: number): readonly string[] =>
  schedules < ENOUGH
    ? []
    : [
        ...neverHit(coverage.faults).map((name) => `never hit: ${name}`),
        ...[...coverage.unknown].map((call) => `no fault can hit: ${call}`),
      ];

const playersOf = (processes: number): readonly SeedPlayer[] =>
  processes === 1 ? [playerHere()] : Array.from({ length: processes }, () => playerApart());

/** Plays the seeds from the first one on, from the sources as they are now. */
export const simulate = async ({
  seed,
  count,
  processes = 1,
  minutes = Number.POSITIVE_INFINITY,
  progress = () => undefined,
  onFailure = () => undefined,
  stop,
}: SimulateOptions): Promise<Simulated> => {
  await synthesize();
  const { coverage, add } = coverageOf();
  const failures: Failure[] = [];
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  let next = seed;
  let schedules = 0;

  const isOver = () => next >= seed + count || stop?.aborted || seconds() >= minutes * 60;

  const playAll = async (player: SeedPlayer): Promise<void> => {
    while (!isOver()) {
      const { planned, outcome, failure } = await player.play(next++);
      add({ planned }, outcome);
      schedules += 1;
      if (failure) {
        failures.push(failure);
        onFailure(failure);
      }
      progress(schedules, seconds());
    }
    player.close();
  };

  await Promise.all(playersOf(processes).map(playAll));
  return {
    seed,
    schedules,
    seconds: seconds(),
    coverage,
    failures: failures.sort((a, b) => a.seed - b.seed),
    gaps: gapsOf(coverage, schedules),
  };
};

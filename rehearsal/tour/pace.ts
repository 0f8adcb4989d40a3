/** Chooses how fast release time may run, so that a busy machine makes a rehearsal slower and not wrong. */
import { availableParallelism, cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownProcessorTime } from './processor-time.ts';

/** Real milliseconds of a reading of the machine. */
const WATCH = 400;

/** Cores that a rehearsal at full speed keeps busy; measured with the tour, which takes 0.7 on average and more in bursts. */
const WANTED_CORES = 1.2;

/** Slower than this, a rehearsal would take longer than anybody watches. */
const SLOWEST = 10;

/** Readings for which the machine must have been free before time runs faster again: 5 seconds. */
const READINGS = 12;

/** The machine at one moment. */
interface Reading {
  /** Real milliseconds since some moment. */
  readonly at: number;
  /** Milliseconds that all cores have idled. */
  readonly idle: number;
  /** Milliseconds of processor time that this process and its children have used. */
  readonly own: number;
}

const read = (): Reading => ({
  at: performance.now(),
  idle: cpus().reduce((sum, { times }) => sum + times.idle, 0),
  own: ownProcessorTime(),
});

/**
 * Cores that nobody else used between two readings: those that idled, and what the rehearsal used itself. All of them
 * where the system does not tell.
 * @internal
 */
export const freeCores = (before: Reading, after: Reading, cores: number): number => {
  if (after.idle === 0) return cores;
  const elapsed = Math.max(1, after.at - before.at);
  return Math.min(cores, (after.idle - before.idle + after.own - before.own) / elapsed);
};

/** The speed for a machine with so many free cores: the one that is wanted, or less. @internal */
export const speedWith = (cores: number, wanted: number): number =>
  cores >= WANTED_CORES
    ? wanted
    : Math.min(wanted, Math.max(SLOWEST, Math.round((wanted * cores) / WANTED_CORES)));

/** Service seconds in a real second that this machine can bear now, at most `wanted`. */
export const bearableSpeed = async (wanted: number): Promise<number> => {
  const before = read();
  await sleep(WATCH);
  return speedWith(freeCores(before, read(), availableParallelism()), wanted);
};

/** Real seconds before the first release: bundling, synthesizing, deploying. Service seconds of all releases, with the calm before each. */
const SETUP_SECONDS = 15;
const TOLD_SECONDS = 3600;

/** How long the tour takes at a speed: `about 2 minutes`. Measured: 116 seconds at 36 service seconds in a real one. */
export const estimateText = (speed: number): string =>
  `about ${Math.round((SETUP_SECONDS + TOLD_SECONDS / speed) / 60)} minutes`;

/** Follows how busy the machine is. */
export interface Pace {
  /** The slowest speed so far. */
  slowest(): number;
  stop(): void;
}

/** What the speed of a rehearsal may be, by the readings of the machine so far: slower at once, faster after a while. @internal */
export const pacer = (wanted: number): ((free: number) => number) => {
  let speeds: number[] = [];
  return (free) => {
    speeds = [...speeds, speedWith(free, wanted)].slice(-READINGS);
    return Math.min(...speeds);
  };
};

/** Keeps the speed of a sandbox at what the machine can bear, at most `wanted`, until it is stopped. */
export const keepPace = (
  sandbox: { readonly clock: { readonly speed: number }; setSpeed(speed: number): void },
  wanted: number,
): Pace => {
  const next = pacer(wanted);
  const cores = availableParallelism();
  let slowest = sandbox.clock.speed;
  let before = read();
  const timer = setInterval(() => {
    const after = read();
    const speed = next(freeCores(before, after, cores));
    before = after;
    if (speed === sandbox.clock.speed) return;
    slowest = Math.min(slowest, speed);
    sandbox.setSpeed(speed);
  }, WATCH);
  return { slowest: () => slowest, stop: () => clearInterval(timer) };
};

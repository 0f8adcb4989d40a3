/** Chooses how fast release time may run, so that a busy machine makes a rehearsal slower and not wrong. */
import { availableParallelism, cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Real milliseconds in which the machine is watched. */
const WATCH = 400;

/** Cores that a rehearsal at full speed keeps busy; measured with the tour, which takes 0.7 on average and more in bursts. */
const WANTED_CORES = 1.2;

/** Slower than this, a rehearsal would take longer than anybody watches. */
const SLOWEST = 10;

/** Idle and whole time of all cores so far, in milliseconds. */
const reading = (): { readonly idle: number; readonly whole: number } => {
  const times = cpus().map((core) => core.times);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    whole: times.reduce(
      (sum, { user, nice, sys, irq, idle }) => sum + user + nice + sys + irq + idle,
      0,
    ),
  };
};

/** Cores of this machine that nobody used in the last moment; all of them where the system does not tell. */
const idleCores = async (): Promise<number> => {
  const before = reading();
  await sleep(WATCH);
  const after = reading();
  const whole = after.whole - before.whole;
  const share = whole > 0 ? (after.idle - before.idle) / whole : 1;
  return share * availableParallelism();
};

/** The speed for a machine with so many idle cores: the one that is wanted, or less. */
export const speedWith = (cores: number, wanted: number): number =>
  cores >= WANTED_CORES
    ? wanted
    : Math.min(wanted, Math.max(SLOWEST, Math.round((wanted * cores) / WANTED_CORES)));

/** Service seconds in a real second that this machine can bear now, at most `wanted`. */
export const bearableSpeed = async (wanted: number): Promise<number> =>
  speedWith(await idleCores(), wanted);

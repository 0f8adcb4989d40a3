/** Knows whether this machine, and not the versions, may be why a rehearsal went wrong. */
import { keepPace, type Pace } from './pace.ts';
import { watchStalls } from './stalls.ts';

/** Exit code of a rehearsal that a busy machine has spoilt: try again later (EX_TEMPFAIL of sysexits.h). */
export const BUSY_EXIT = 75;

/** Milliseconds from which on a stall can be what a latency alarm saw: half of the sample's threshold, since it adds up. */
const HARMFUL = 500;

/** What other programs left of the machine. */
export interface MachineLoad {
  /** Service seconds in a real second on a free machine. */
  readonly wanted: number;
  /** The slowest that release time had to run. */
  readonly slowest: number;
  /** Longest time for which the machine kept everything waiting, in real milliseconds. */
  readonly stall: number;
}

/** Slows release time down while the machine is busy, and remembers it. */
export const watchMachine = (
  sandbox: Parameters<typeof keepPace>[0],
  wanted: number,
): { load(): MachineLoad; stop(): void } => {
  const pace: Pace = keepPace(sandbox, wanted);
  const stalls = watchStalls();
  return {
    load: () => ({ wanted, slowest: pace.slowest(), stall: stalls.longest() }),
    stop: () => {
      pace.stop();
      stalls.stop();
    },
  };
};

/** Whether the load may have changed what users met: time had to run slower, or everything stood still. */
export const wasBusy = ({ wanted, slowest, stall }: MachineLoad): boolean =>
  slowest < wanted || stall >= HARMFUL;

/** How fast release time ran. */
export const speedText = ({ wanted, slowest }: MachineLoad): string =>
  slowest < wanted
    ? `release time ran ${slowest} to ${wanted} times as fast, slower while this machine was busy`
    : `release time ran ${wanted} times as fast`;

/** Blames the machine for a rehearsal that went wrong; undefined when it was free all the time. */
export const blameText = (load: MachineLoad): string | undefined => {
  if (!wasBusy(load)) return undefined;
  const { stall } = load;
  const stood =
    stall >= HARMFUL ? ` It once stood still for ${(stall / 1000).toFixed(1)} real seconds.` : '';
  return `Other programs kept this machine busy, so answers were slow that are quick on a free one.${stood} What you see above says nothing about the versions or about Tandem: run it again when less runs beside it.`;
};

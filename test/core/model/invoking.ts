/** How an execution invokes its steps: again where they fail, late where the scenario says so, and interrupted at any point. */

import type { ReleaseRecord } from '../../../core/record/record.ts';
import { NotOwnerError, TryAgainError } from '../../../core/text/errors.ts';
import { minutes, seconds } from '../../../core/text/time.ts';
import { type Call, StepFailed } from './acting.ts';
import { taskOf } from './asl.ts';
import { Refused } from './deeds.ts';
import { Interrupted } from './interruption.ts';
import type { Gap, Late, Pause, Place } from './scenario.ts';
import type { World } from './world.ts';

/** Seconds without an answer after which an Invoke counts as one that nothing gives up. */
const FOR_EVER = 3600;

export type Step = (world: World, call: Call) => void;

/** Whether a step has failed in a way that its machine knows. */
export const isFailure = (error: unknown): boolean =>
  error instanceof StepFailed ||
  error instanceof TryAgainError ||
  error instanceof Refused ||
  (error instanceof Interrupted && ['fails', 'retry', 'silent'].includes(error.kind));

const mayPass = (error: unknown): boolean =>
  error instanceof TryAgainError ||
  (error instanceof Interrupted && (error.kind === 'retry' || error.kind === 'silent'));

/** Invokes the steps of a release. */
export const invokerOf = (world: World) => {
  const { scenario } = world;
  const crashes = [...scenario.crashes];
  const twins: Record<Late['after'], (() => void)[]> = { next: [], takeover: [], end: [] };
  const visits = new Map<string, number>();
  /** Atoms of each place so far. */
  const atomsOf = new Map<string, number>();
  /** Where the machine is. */
  let at: string = 'check-alarms';
  let atoms = 0;
  let steps = 0;
  let restorable: ReleaseRecord | undefined;

  const passPause = ({ seconds: length, what }: Pause): void => {
    world.pass(seconds(length));
    if (what) world.happen(what);
    world.met.add('pause');
  };

  const atom = (): void => {
    atoms += 1;
    world.pass(scenario.atomMilliseconds);
    if (scenario.restored === atoms) restorable = world.record();
    for (const pause of scenario.pauses) if (pause.atom === atoms) passPause(pause);
    const inPlace = (atomsOf.get(at) ?? 0) + 1;
    atomsOf.set(at, inPlace);
    const index = crashes.findIndex((crash) =>
      crash.place === undefined
        ? crash.atom === atoms
        : crash.place === at && crash.atom === inPlace,
    );
    if (index < 0) return;
    const [crash] = crashes.splice(index, 1);
    world.met.add(`crash: ${crash!.kind}`);
    throw new Interrupted(crash!.kind, crash!.seconds);
  };

  /** Lets the time of a gap pass, and what happens in it happen. */
  const passGap = ({ seconds: length, what, before }: Gap): void => {
    world.pass(seconds(length / 2));
    if (what) world.happen(what);
    world.pass(seconds(length / 2));
    world.met.add(`gap: ${before}`);
  };

  const visitOf = (place: string): number => visits.get(place) ?? 0;

  /** Passes the gaps at a place; they are counted as soon as its state is entered. */
  const passGaps = (place: Place | 'check-alarms', isEntered: boolean): void => {
    if (scenario.gaps.length === 0) return;
    const { phase } = world.record();
    const inPhase = `${place} in ${phase}`;
    for (const gap of scenario.gaps) {
      const visit = visitOf(gap.phase === undefined ? place : inPhase);
      const isHere = gap.before === place && (gap.phase ?? phase) === phase;
      if (isHere && gap.visit === visit && gap.isEntered === isEntered) passGap(gap);
    }
    if (!isEntered) return;
    visits.set(place, visitOf(place) + 1);
    visits.set(inPhase, visitOf(inPhase) + 1);
  };

  /** Runs steps that come late; nobody waits for what they answer. */
  const runTwins = (after: Late['after']): void => {
    for (const twin of twins[after].splice(0)) {
      world.met.add(`late: ${after}`);
      twin();
    }
  };

  /** Does something that nobody waits for. */
  const alone = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      const isGone = error instanceof NotOwnerError || error instanceof Interrupted;
      if (!isGone && !isFailure(error)) throw error;
    }
  };

  return {
    atoms: () => atoms,
    /** The record to which the table is restored, if the release has got there. */
    restorable: () => restorable,
    runTwins,
    alone,
    /** Takes a step as the machine does. Throws what it fails with once the machine tries it no more. */
    perform: (execution: string, place: Place | 'check-alarms', step: Step): void => {
      runTwins('next');
      passGaps(place, false);
      const now = world.moment();
      passGaps(place, true);
      for (const { after } of scenario.late.filter((one) => one.step === steps)) {
        const call = { now, execution, atom: () => undefined };
        twins[after].push(() =>
          alone(() => {
            world.invoke(execution);
            step(world, call);
          }),
        );
      }
      steps += 1;
      at = place;
      const { timeout = Number.POSITIVE_INFINITY, passing, any } = taskOf(place);
      const delays = { passing: [...passing], any: [...any] };
      for (;;) {
        try {
          world.invoke(execution);
          step(world, { now, execution, atom });
          return;
        } catch (error) {
          if (error instanceof Interrupted && error.kind === 'silent') {
            if (timeout > FOR_EVER) {
              world.wrong.add(`nothing gives up ${place} when it does not answer`);
              throw new Interrupted('hangs', 0);
            }
            world.pass(seconds(timeout));
          }
          if (!isFailure(error)) throw error;
          const left = mayPass(error) && delays.passing.length > 0 ? 'passing' : 'any';
          const delay = delays[left].shift();
          if (delay === undefined) throw error;
          world.pass(seconds(delay));
        }
      }
    },
    /** Passes the time until the next run of the schedule. */
    passSchedule: () => world.pass(minutes(5)),
  };
};
export type Invoker = ReturnType<typeof invokerOf>;

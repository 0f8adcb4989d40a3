/** Walks a whole release through the model's world, interrupted and recovered as the scenario says. */
import { isDeepStrictEqual } from 'node:util';
import { absorb } from '../../../core/absorb.ts';
import { seconds } from '../../../core/moments.ts';
import { next } from '../../../core/next.ts';
import type { Observation } from '../../../core/observation.ts';
import { withLook, withSight } from '../../../core/phases/blind.ts';
import type { Next } from '../../../core/phases/view.ts';
import { type Decision, movingTargets, type ReleaseRecord } from '../../../core/record.ts';
import { recovered } from '../../../core/recovery.ts';
import type { Vote } from '../../../core/vote.ts';
import { nextBack } from '../../../core/way-back.ts';
import { alarmsSay } from '../fixture.ts';
import { type Atom, StepFailed } from './acting.ts';
import { again, Interrupted } from './interruption.ts';
import { readAll } from './reading.ts';
import { setScaling } from './scaling.ts';
import type { Scenario } from './scenario.ts';
import { closeRelease, goBack, takeBackTarget } from './steps-back.ts';
import {
  answerTargets,
  decide,
  launchDeployments,
  proveRelease,
  requestApproval,
  startShift,
} from './steps-forward.ts';
import { type World, worldOf } from './world.ts';

/** Rounds that a release may take: a round has about 18 history events, Step Functions holds 25,000. */
const MOST_ROUNDS = 1300;
/** Rounds without any passing of time after which the machine spins. */
const MOST_AT_ONCE = 30;

const STEPS = {
  'set-scaling': setScaling,
  'launch-deployment': launchDeployments,
  'prove-release': proveRelease,
  'start-shift': startShift,
  decide,
  'answer-target': answerTargets,
} as const;

const settled = (record: ReleaseRecord, chosen: Next, now: string): ReleaseRecord =>
  chosen.action !== 'rollback' || record.decision === 'rollback'
    ? { ...record, phase: chosen.phase }
    : {
        ...record,
        phase: chosen.phase,
        decision: 'rollback',
        reasons: [...chosen.reasons, ...record.reasons],
        times: { ...record.times, decided: now },
      };

/** A release that has been walked to its end. */
export interface Walked {
  readonly world: World;
  readonly record: ReleaseRecord;
  /** Laws that were broken on the way. */
  readonly wrong: ReadonlySet<string>;
  readonly atoms: number;
  readonly rounds: number;
  /** The alarm was seen red while the release still had to act on it. */
  readonly sawRed: boolean;
  /** Minutes from the start to the end. */
  readonly minutes: number;
  /** The decision at the moment of the last interruption that ended an execution. */
  readonly decisionAtDeath: Decision | undefined;
  /** What the last readings before the end said: every target where it should be, so many in a row. */
  readonly streak: number;
}

/** Walks a release from its launch to its end, and lets everything come to rest. */
export const walkRelease = (scenario: Scenario): Walked => {
  const world = worldOf(scenario);
  const { wrong } = world;
  const crashes = [...scenario.crashes];
  const late: (() => void)[] = [];
  let atoms = 0;
  let steps = 0;
  let rounds = 0;
  let atOnce = 0;
  let lastMoment = 0;
  let owners = 1;
  let sawRed = false;
  let streak = 0;
  let decisionAtDeath: Decision | undefined;

  const atom: Atom = () => {
    atoms += 1;
    world.pass(scenario.atomMilliseconds);
    const index = crashes.findIndex((crash) => crash.atom === atoms);
    if (index < 0) return;
    const [crash] = crashes.splice(index, 1);
    throw new Interrupted(crash!.kind, crash!.seconds);
  };

  /** Takes a step, again when it is to be retried; a late twin of it may come after the next step. */
  const perform = (step: (world: World, atom: Atom) => void): void => {
    for (const twin of late.splice(0)) twin();
    if (scenario.late.includes(steps)) {
      late.push(() => {
        try {
          step(world, () => undefined);
        } catch (error) {
          if (!(error instanceof StepFailed)) throw error;
        }
      });
    }
    steps += 1;
    again(
      () => step(world, atom),
      (error) => error instanceof Interrupted && error.kind === 'retry',
    );
  };

  const isFailure = (error: unknown): boolean =>
    error instanceof StepFailed || (error instanceof Interrupted && error.kind === 'fails');

  const count = (): void => {
    rounds += 1;
    atOnce = world.now() === lastMoment ? atOnce + 1 : 0;
    lastMoment = world.now();
    if (atOnce > MOST_AT_ONCE) throw new Error(`spins in ${world.record().phase}`);
    if (rounds > MOST_ROUNDS) throw new Error(`does not end: ${world.record().phase}`);
  };

  const follow = (observation: Observation): void => {
    const record = world.record();
    const isThere = movingTargets(record).every(({ name, to, from, launching }) => {
      const reading = observation.targets[name];
      if (!reading) return false;
      const { live, forward } = reading;
      if (record.decision === 'promote')
        return live === to!.name && forward?.status === 'Succeeded';
      return live === from!.name || !launching || forward === undefined;
    });
    streak = isThere ? streak + 1 : 0;
  };

  const ask = (record: ReleaseRecord, observation: Observation, votes: readonly Vote[]): Next => {
    const chosen = next(record, observation, votes);
    if (!isDeepStrictEqual(chosen, next(record, observation, votes))) {
      wrong.add('next gave two answers');
    }
    return chosen;
  };

  const observe = (): { chosen: Next; signals: number } => {
    count();
    let chosen: Next | undefined;
    perform((_, between) => {
      const alarms = world.alarms();
      const isRead = alarms.reasons.every(({ code }) => code !== 'not-read');
      const votes = alarmsSay(alarms, isRead ? world.moment() : undefined);
      between();
      const observation = readAll(world);
      world.change((current) => {
        const seeing = withLook(withSight(absorb(current, observation), observation, votes), votes);
        chosen = ask(seeing, observation, votes);
        return settled(seeing, chosen, world.moment());
      });
      follow(observation);
      const { decision, times } = world.record();
      if (alarms.verdict === 'fail' && decision !== 'rollback' && !times.guardEnded) sawRed = true;
      if (alarms.verdict === 'fail' && decision === 'rollback') sawRed = true;
    });
    return { chosen: chosen!, signals: world.record().signals };
  };

  const observeBack = () => {
    count();
    let chosen: ReturnType<typeof nextBack>['next'] | undefined;
    perform((_, between) => {
      between();
      const observation = readAll(world);
      world.change((current) => {
        const back = nextBack(absorb(current, observation), observation);
        chosen = back.next;
        return back.record;
      });
      follow(observation);
    });
    return { chosen: chosen!, signals: world.record().signals };
  };

  const takeBack = (): void => {
    for (const { name } of movingTargets(world.record())) {
      try {
        perform((_, between) => takeBackTarget(world, name, between));
      } catch (error) {
        if (!isFailure(error)) throw error;
      }
    }
  };

  const rollBack = (): void => {
    takeBack();
    for (;;) {
      const { chosen, signals } = observeBack();
      if (chosen.action === 'wait') world.listen(seconds(chosen.seconds), signals);
      else if (chosen.step === 'take-back-target') takeBack();
      else break;
    }
    try {
      perform(setScaling);
    } catch (error) {
      if (!isFailure(error)) throw error;
    }
  };

  /** The rollback machine is started again when it fails. */
  const rollBackTried = (): void => again(rollBack, isFailure);

  const goForward = (): void => {
    for (;;) {
      const { chosen, signals } = observe();
      if (chosen.action === 'rollback') {
        rollBackTried();
        return;
      }
      if (chosen.action === 'wait') world.listen(seconds(chosen.seconds), signals);
      else if (chosen.action === 'ask') perform(requestApproval);
      else if (chosen.step === 'close-release') return;
      else perform(STEPS[chosen.step]);
    }
  };

  const release = (): void => {
    try {
      goForward();
    } catch (error) {
      if (!isFailure(error)) throw error;
      goBack(world);
      rollBackTried();
    }
    perform(closeRelease);
  };

  while (world.record().end === undefined) {
    try {
      release();
    } catch (error) {
      if (!(error instanceof Interrupted)) {
        wrong.add((error as Error).message);
        break;
      }
      decisionAtDeath = world.record().decision;
      world.setOwnerRuns(false);
      world.pass(seconds(error.seconds));
      owners += 1;
      world.change((current) => recovered(current, `execution-${owners}`, world.moment()));
      world.setOwnerRuns(true);
    }
  }
  const record = world.record();
  const started = Date.parse(record.times.started);
  const result: Walked = {
    world,
    record,
    wrong,
    atoms,
    rounds,
    sawRed,
    decisionAtDeath,
    minutes: (world.now() - started) / 60_000,
    streak,
  };
  world.settle();
  return result;
};

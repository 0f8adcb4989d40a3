/** Walks a whole release through the model's world, interrupted and recovered as the scenario says. */
import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../../../core/deployments/observation.ts';
import { commandProblem } from '../../../core/protocol/command.ts';
import { isOverdue } from '../../../core/protocol/overdue.ts';
import { recovered } from '../../../core/protocol/recovery.ts';
import { type Decision, movingTargets, type ReleaseRecord } from '../../../core/record/record.ts';
import { waitOf } from '../../../core/record/waiting.ts';
import { seconds } from '../../../core/text/time.ts';
import { comeAfterwards } from './afterwards.ts';
import { ExecutionFailed, Interrupted } from './interruption.ts';
import { invokerOf, isFailure } from './invoking.ts';
import { executionOf, type Watcher } from './machines.ts';
import type { Scenario } from './scenario.ts';
import { type World, worldOf } from './world.ts';

/** Rounds that a release may take: a round has about 18 history events, Step Functions holds 25,000. */
const MOST_ROUNDS = 1300;
/** Rounds without any passing of time after which the machine spins. */
const MOST_AT_ONCE = 30;
/** One choice of so many is made twice, to see that it is the same. */
const CHOSEN_TWICE = 8;
/** Executions that one release may take. */
const MOST_EXECUTIONS = 20;
/** Runs of the schedule after which nobody replaces an execution that hangs: two days. */
const LONGEST_HANG = 600;

/** A release that has been walked to its end. */
export interface Walked {
  readonly world: World;
  readonly record: ReleaseRecord;
  /** Laws that were broken on the way, and afterwards. */
  readonly wrong: ReadonlySet<string>;
  readonly atoms: number;
  /** An alarm was red while the release still had to act on it. */
  readonly wasRed: boolean;
  /** Minutes from the start to the end. */
  readonly minutes: number;
  /** The decision at the moment of the last interruption that ended an execution. */
  readonly decisionAtDeath: Decision | undefined;
  /** What the last readings before the end said: every target where it should be, so many in a row. */
  readonly streak: number;
  /** What each target serves when everything under way has come to its end. */
  readonly traffic: Readonly<Record<string, ReadonlyMap<string, number>>>;
}

/** Counts rounds, and what the readings say. */
const watcherOf = (world: World) => {
  let rounds = 0;
  let atOnce = 0;
  let lastMoment = 0;
  let streak = 0;
  const watcher: Watcher = {
    onRound: () => {
      rounds += 1;
      atOnce = world.now() === lastMoment ? atOnce + 1 : 0;
      lastMoment = world.now();
      if (atOnce > MOST_AT_ONCE) throw new Error(`spins in ${world.record().phase}`);
      if (rounds > MOST_ROUNDS) throw new Error(`does not end: ${world.record().phase}`);
    },
    onObservation: ({ targets }: Observation) => {
      const record = world.record();
      if (record.end) return;
      const isThere = movingTargets(record).every(({ name, to, from, launching }) => {
        const reading = targets[name];
        if (!reading) return false;
        const { live, forward } = reading;
        if (record.decision === 'promote')
          return live === to!.name && forward?.status === 'Succeeded';
        return live === from!.name || !launching || forward === undefined;
      });
      streak = isThere ? streak + 1 : 0;
    },
    choose: (choose) => {
      const chosen = choose();
      if (rounds % CHOSEN_TWICE === 0 && !isDeepStrictEqual(chosen, choose()))
        world.wrong.add('next gave two answers');
      for (const refused of refusedWords(chosen.record))
        world.wrong.add(`people are offered what is refused: ${refused}`);
      return chosen;
    },
  };
  return { watcher, streak: () => streak, restart: () => (rounds = 0) };
};

/** Orders that the record offers to people, and that would be refused. */
const refusedWords = (record: ReleaseRecord): readonly string[] =>
  (waitOf(record)?.words ?? []).flatMap((command) => {
    if (command === 'approve' || command === 'reject') return [];
    const order = { releaseId: record.release, command, by: 'ada', reason: '' };
    return commandProblem(record, order) ?? [];
  });

/** Walks a release from its launch to its end, lets everything come to rest, and then what comes afterwards. */
export const walkRelease = (scenario: Scenario): Walked => {
  const world = worldOf(scenario);
  const { wrong } = world;
  const invoker = invokerOf(world);
  const { watcher, streak, restart } = watcherOf(world);
  const executions = ['execution-1'];
  let decisionAtDeath: Decision | undefined;

  /** The schedule ends an execution that hangs; false when nobody ever does. */
  const isReplaced = (): boolean => {
    for (let runs = 0; runs < LONGEST_HANG; runs += 1) {
      if (isOverdue(world.record(), world.now())) return true;
      invoker.passSchedule();
    }
    wrong.add(`nobody replaces an execution that hangs in ${world.record().phase}`);
    return false;
  };

  /** An execution is gone: true when another one takes the release over. */
  const isTakenOver = (error: unknown): boolean => {
    const isGone = error instanceof Interrupted || error instanceof ExecutionFailed;
    if (!isGone && !isFailure(error)) {
      wrong.add((error as Error).message);
      return false;
    }
    decisionAtDeath = world.record().decision;
    if (error instanceof Interrupted && error.kind === 'hangs' && !isReplaced()) return false;
    world.setOwnerRuns(false);
    if (error instanceof Interrupted) world.pass(seconds(error.seconds));
    else invoker.passSchedule();
    executions.push(`execution-${executions.length + 1}`);
    if (executions.length > MOST_EXECUTIONS) wrong.add('the release is recovered for ever');
    return executions.length <= MOST_EXECUTIONS;
  };

  /** A person redrives the rollback of an execution. */
  const redrive = (execution: string): void => {
    world.met.add('rollback redriven');
    invoker.alone(() => executionOf(world, invoker, watcher, { execution }).redrive());
  };

  const takeOver = (): void => {
    const execution = executions.at(-1)!;
    world.change((current) => recovered(current, execution, world.moment()), 'taken-over');
    world.setOwnerRuns(true);
    restart();
    invoker.runTwins('takeover');
    if (scenario.redriven) executions.slice(0, -1).forEach(redrive);
  };

  /** Runs one execution after the other until the release is closed. */
  const carryOn = (): void => {
    while (!world.record().closed) {
      const execution = executions.at(-1)!;
      const older = executions.length === 1 ? { older: scenario.older } : {};
      try {
        executionOf(world, invoker, watcher, { execution, ...older }).run();
      } catch (error) {
        if (world.record().closed) return;
        if (!isTakenOver(error)) return;
        takeOver();
      }
    }
  };

  carryOn();
  const record = world.record();
  const ended = world.now();
  const walked = {
    decisionAtDeath,
    streak: streak(),
    wasRed: world.promises.wasRed(record),
    minutes: (ended - Date.parse(record.times.started)) / 60_000,
  };
  world.settle();
  const traffic = Object.fromEntries(
    world.parties.map(({ name, group }) => [name, group.traffic()]),
  );
  if (record.closed)
    comeAfterwards(world, invoker, {
      redrive,
      executions,
      carryOn: () => {
        executions.push(`execution-${executions.length + 1}`);
        takeOver();
        carryOn();
      },
    });
  return { ...walked, world, record, wrong, atoms: invoker.atoms(), traffic };
};

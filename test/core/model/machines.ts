/** The two machines: one execution of the release machine over the model's world, with the rollback machine that it starts. */

import type { Observation } from '../../../core/deployments/observation.ts';
import type { Next } from '../../../core/protocol/phases/view.ts';
import { type Polled, poll, pollBack } from '../../../core/protocol/poll.ts';
import { movingTargets } from '../../../core/record/record.ts';
import type { Vote } from '../../../core/record/vote.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, inconclusive, pass } from '../../../core/release/verdict.ts';
import { seconds } from '../../../core/text/time.ts';
import type { NextBack } from '../../../core/way-back/way-back.ts';
import { alarmsSay } from '../fixture.ts';
import { type Call, changeOwned, readOwned } from './acting.ts';
import { routeOf } from './asl.ts';
import { closeRelease } from './closing.ts';
import { ExecutionFailed } from './interruption.ts';
import { type Invoker, isFailure, type Step } from './invoking.ts';
import { readAll } from './reading.ts';
import { setScaling } from './scaling.ts';
import type { Scenario } from './scenario.ts';
import { decideToGoBack, takeBackTarget } from './steps-back.ts';
import {
  answerTarget,
  decide,
  launchDeployment,
  proveRelease,
  requestApproval,
  startShift,
} from './steps-forward.ts';
import type { World } from './world.ts';

/** How often the release machine starts the rollback machine. */
const ROLLBACK_TRIES = 3;

/** Who sees each round, and each observation. */
export interface Watcher {
  readonly onRound: () => void;
  readonly onObservation: (observation: Observation) => void;
  /** Sees what a poll makes of the record; polls twice where purity is to be seen. */
  readonly choose: <Chosen>(choose: () => Polled<Chosen>) => Polled<Chosen>;
}

/** Asks the alarms, as far as they can be read. */
const lookAtAlarms = (world: World, call: Call): readonly Vote[] => {
  const { alarmsSeen } = readOwned(world, call);
  if (world.isBlind('alarms'))
    return alarmsSay(inconclusive(reason('not-read', 'The alarms could not be read')));
  world.promises.look();
  const isRed = world.alarm.isSeenRed(alarmsSeen);
  if (isRed) return alarmsSay(fail(reason('alarm-red', 'Alarm web-errors is red')), call.now);
  return alarmsSay(
    world.scenario.alarm.poor
      ? inconclusive(reason('too-little-data', 'Alarm web-errors has no data'))
      : pass,
    call.now,
  );
};

/** One execution. */
export const executionOf = (
  world: World,
  { perform }: Invoker,
  watcher: Watcher,
  about: { readonly execution: string; readonly older?: Scenario['older'] },
) => {
  const take = (place: Parameters<typeof perform>[1], step: Step): void =>
    perform(about.execution, place, step);
  const names = () => movingTargets(world.record()).map(({ name }) => name);
  const each = (
    place: Parameters<typeof perform>[1],
    step: (world: World, call: Call, name: string) => void,
  ): void => {
    for (const name of names()) take(place, (_, call) => step(world, call, name));
  };

  const observe = (): { chosen: Next; signals: number } => {
    watcher.onRound();
    let votes: readonly Vote[] = [];
    let chosen: Next | undefined;
    take('check-alarms', (_, call) => {
      votes = lookAtAlarms(world, call);
    });
    take('observe', (_, call) => {
      call.atom();
      readOwned(world, call);
      const observation = readAll(world, call.now);
      changeOwned(world, call, (current) => {
        const polled = watcher.choose(() => poll(current, observation, votes));
        chosen = polled.next;
        return polled.record;
      });
      watcher.onObservation(observation);
    });
    return { chosen: chosen!, signals: world.record().signals };
  };

  const observeBack = () => {
    watcher.onRound();
    let chosen: NextBack | undefined;
    take('observe', (_, call) => {
      call.atom();
      readOwned(world, call);
      const observation = readAll(world, call.now);
      changeOwned(world, call, (current) => {
        const polled = watcher.choose(() => pollBack(current, observation));
        chosen = polled.next;
        return polled.record;
      });
      watcher.onObservation(observation);
    });
    return { chosen: chosen!, signals: world.record().signals };
  };

  /** Does something, and continues where it fails. */
  const caught = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      if (!isFailure(error)) throw error;
    }
  };

  const takeBack = (): void => {
    for (const name of names())
      caught(() => take('take-back-target', (_, call) => takeBackTarget(world, call, name)));
  };

  /** The rollback machine. */
  const rollBackOnce = (): void => {
    takeBack();
    for (;;) {
      const { chosen, signals } = observeBack();
      if (chosen.action === 'wait') world.listen(seconds(chosen.seconds), signals);
      else if (chosen.step === 'take-back-target') takeBack();
      else break;
    }
    caught(() => take('set-scaling', setScaling));
  };

  const rollBack = (): void => {
    for (let tries = 1; ; tries += 1) {
      try {
        rollBackOnce();
        return;
      } catch (error) {
        if (!isFailure(error)) throw error;
        if (tries === ROLLBACK_TRIES) throw new ExecutionFailed('the rollback failed');
      }
    }
  };

  const STATES: Readonly<Record<string, () => void>> = {
    RequestApproval: () => take('request-approval', requestApproval),
    SetScaling: () => take('set-scaling', setScaling),
    LaunchDeployments: () => each('launch-deployment', launchDeployment),
    ProveRelease: () => take('prove-release', proveRelease),
    StartShift: () => take('start-shift', startShift),
    Decide: () => take('decide', decide),
    AnswerTargets: () => each('answer-target', answerTarget),
  };

  /** From the first look to the state that closes the release, or that rolls it back. */
  const goForward = (): 'CloseRelease' | 'RollBack' => {
    for (;;) {
      const { chosen, signals } = observe();
      const state = routeOf(chosen, about.older);
      const isClosing = 'step' in chosen && chosen.step === 'close-release';
      if (state === 'CloseRelease' && !isClosing && !about.older?.closes)
        world.wrong.add('the machine closes a release at an action that it does not know');
      if (state === 'RollBack' || state === 'CloseRelease') return state;
      if (chosen.action === 'wait') world.listen(seconds(chosen.seconds), signals);
      else if (STATES[state]) STATES[state]();
      else throw new ExecutionFailed(state);
    }
  };

  const forwardOrBack = (): 'CloseRelease' | 'RollBack' => {
    try {
      return goForward();
    } catch (error) {
      if (!isFailure(error)) throw error;
      take('decide', decideToGoBack);
      return 'RollBack';
    }
  };

  return {
    /** Runs the release machine to the end of its release. */
    run: (): void => {
      if (forwardOrBack() === 'RollBack') rollBack();
      take('close-release', closeRelease);
    },
    /** Runs the rollback machine alone, as who redrives it does. */
    redrive: rollBackOnce,
  };
};

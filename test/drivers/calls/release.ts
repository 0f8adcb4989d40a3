/** A release of one target that goes as far as a law wants, by the functions of the protocol and the calls of a driver. */

import { released } from '../../../core/deployments/common-start.ts';
import { withHeldHook } from '../../../core/deployments/held-hook.ts';
import { barrierHook, withAnswer } from '../../../core/deployments/hook-answers.ts';
import { launched, launching } from '../../../core/deployments/launch.ts';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { type DeploymentState, stateOf } from '../../../core/drivers/deployment.ts';
import { absorb } from '../../../core/protocol/apply-observation.ts';
import { type ReleaseRecord, withTarget } from '../../../core/record/record.ts';
import { toMoment } from '../../../core/text/time.ts';
import { withBack } from '../../../core/way-back/taking-back.ts';
import { type WayBack, wayBack } from '../../../core/way-back/way-back.ts';
import { ecsRecord, record as recordOf } from '../../core/fixture.ts';
import type { CallWorld } from './world.ts';

/** Steps in which anything must have happened: together more than three hours. */
const PATIENCE = 200;

/** Seconds until the next step: ever longer, so that an hour takes few of them. */
const pause = (step: number): number => Math.min(60, 5 + 2 * step);

export const releaseIn = (world: CallWorld) => {
  const { driver, registration, from, to } = world;
  const { name } = registration;
  const target = { ...ecsRecord({}, name), registration, from, to };
  let record: ReleaseRecord = recordOf({
    targets: [target],
    times: { started: toMoment(world.now()) },
  });

  const noted = (): ReleaseRecord => {
    for (const hook of world.held()) record = withHeldHook(record, hook);
    return record;
  };
  const now = () => noted().targets[name]!;

  const observe = async (): Promise<TargetObservation> => {
    const reading = await driver.observe(noted(), now());
    record = absorb(noted(), { now: world.now(), targets: { [name]: reading } });
    return reading;
  };

  /** Lets time pass until its deployment is read to be in a state. */
  const until = async (state: DeploymentState): Promise<TargetObservation> => {
    for (let step = 0; step < PATIENCE; step += 1) {
      const reading = await observe();
      if (stateOf(reading.forward) === state) return reading;
      await world.pass(pause(step));
    }
    throw new Error(`it never was ${state}`);
  };

  const launch = async (): Promise<string | undefined> => {
    record = launching(record, name, toMoment(world.now()));
    const became = await driver.launch(noted(), now());
    const id = 'id' in became ? became.id : undefined;
    record = launched(record, name, id, toMoment(world.now()));
    return id;
  };

  const shift = async () => {
    const became = await driver.shift(noted(), now());
    if (became === 'goes-on') record = released(withTarget(record, name, { shifted: true }), now());
    return became;
  };

  const barrier = () => barrierHook(noted(), now())!;

  const commit = async () => {
    const hook = barrier();
    const answer = await driver.answer(hook, 'Succeeded');
    record = withAnswer({ ...record, decision: 'promote' }, hook, answer);
    return answer;
  };

  const take = async (way: WayBack): Promise<void> => {
    if (way.do === 'stop') await driver.stop(way.deploymentId);
    if (way.do === 'continue') await driver.endWait(way.deploymentId, way.wait);
    if (way.do === 'restore') await driver.restore(now());
    if (way.do === 'answer-failed')
      for (const hook of way.hooks) {
        const answer = await driver.answer(hook, 'Failed');
        record = withAnswer(record, { executionId: hook.executionId }, answer);
      }
    if (way.do !== 'redeploy') return;
    const became = await driver.redeploy(noted(), now(), way.attempt);
    if ('id' in became) record = withBack(record, name, became.id, toMoment(world.now()));
  };

  /** Rolls back until nothing is left to do, and gives the steps that it took. */
  const rollBack = async (): Promise<readonly string[]> => {
    record = withTarget({ ...record, decision: 'rollback' }, name, {
      backSince: toMoment(world.now()),
    });
    const took: string[] = [];
    for (let step = 0; step < PATIENCE; step += 1) {
      const reading = await observe();
      const way = wayBack(record, now(), reading, world.now());
      if (way.do === 'nothing' || way.do === 'give-up') return [...took, way.do];
      if (way.do !== 'wait') took.push(way.do);
      await take(way);
      await world.pass(15 + pause(step));
    }
    throw new Error('it never came back');
  };

  const endGuard = () => driver.endGuard(now());
  const writesBefore = world.writes();

  return {
    writesBefore,
    endGuard,
    observe,
    until,
    launch,
    shift,
    barrier,
    commit,
    rollBack,
    record: noted,
    target: now,
  };
};

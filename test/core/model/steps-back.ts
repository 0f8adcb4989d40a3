/** The steps that roll back, as the handlers take them. */

import { withAnswer } from '../../../core/deployments/hook-answers.ts';
import { absorb } from '../../../core/protocol/apply-observation.ts';
import { failed } from '../../../core/protocol/deciding.ts';
import type { ReleaseRecord, TargetRecord } from '../../../core/record/record.ts';
import { TryAgainError } from '../../../core/text/errors.ts';
import { toMilliseconds } from '../../../core/text/time.ts';
import {
  mayTakeBack,
  takingBack,
  withBack,
  withRefusal,
} from '../../../core/way-back/taking-back.ts';
import { stepOf, type Took, withStep } from '../../../core/way-back/told-step.ts';
import { type WayBack, wayBack } from '../../../core/way-back/way-back.ts';
import { type Call, changeOwned } from './acting.ts';
import { Refused } from './deeds.ts';
import { marked, markerOf, readTarget } from './reading.ts';
import type { World } from './world.ts';

/** A step has failed for good: the release rolls back. */
export const decideToGoBack = (world: World, call: Call): void => {
  const failure = { Error: 'ModelError', Cause: 'a step failed' };
  changeOwned(world, call, (current) => failed(current, failure, call.now), 'rolls back');
};

type Change = (record: ReleaseRecord) => ReleaseRecord;
const same: Change = (record) => record;

/** Walks one step of the way and gives the fact that it left. */
const walk = (world: World, target: TargetRecord, way: WayBack, { now, atom }: Call): Change => {
  const party = world.partyOf(target.name);
  const { deeds } = world;
  switch (way.do) {
    case 'answer-failed': {
      const changes = way.hooks.map(({ event, executionId, deploymentId }): Change => {
        const answer = deeds.answer(party, deploymentId, event, 'Failed');
        atom();
        return (current) => withAnswer(current, { executionId }, answer);
      });
      return (current) => changes.reduce((all, change) => change(all), current);
    }
    case 'stop':
      deeds.stop(party, way.deploymentId);
      return same;
    case 'continue':
      deeds.endWait(party, way.deploymentId, way.wait);
      return same;
    case 'restore':
      deeds.restore(party, target.from!.name);
      return same;
    case 'redeploy': {
      const isUnderWay = party.group.deployments.some(
        ({ id, stage }) => stage !== 'over' && (id === target.forward || target.back.includes(id)),
      );
      if (isUnderWay) world.wrong.add('a second rollback was started beside another');
      const marker = markerOf(world.record(), target, 'rollback', way.attempt);
      const id =
        marked(party, marker) ?? deeds.create(party, 'rollback', way.attempt, target.from!.name);
      atom();
      return id === undefined ? same : (current) => withBack(current, target.name, id, now);
    }
    default:
      return same;
  }
};

/** Takes one step of one target's rollback. */
export const takeBackTarget = (world: World, call: Call, name: string): void => {
  const { now, atom } = call;
  const record = changeOwned(world, call, (current) => takingBack(current, name, now));
  if (!mayTakeBack(record)) return;
  if (world.isBlind('targets')) throw new TryAgainError('the target cannot be read');
  const target = record.targets[name]!;
  const reading = readTarget(world, record, target);
  const observation = { now: toMilliseconds(now), targets: { [name]: reading } };
  const known = absorb(record, observation).targets[name]!;
  const way = wayBack(record, known, reading, observation.now);
  world.steps.add(way.do);
  const step = stepOf(known, reading, way);
  let took: Took = { step };
  let change: Change;
  try {
    change = walk(world, known, way, call);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { message } = error;
    took = { step, refused: message };
    change = (current) => withRefusal(current, name, way, message);
  }
  atom();
  world.change((current) => withStep(current, known, change, took), 'rollback');
};

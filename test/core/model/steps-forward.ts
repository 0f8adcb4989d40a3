/** The steps of the release machine as the handlers take them, over the model's world instead of AWS. */

import {
  lettingGo,
  mayLetGo,
  notLetGo,
  released,
  starting,
} from '../../../core/deployments/common-start.ts';
import { withAnswer } from '../../../core/deployments/hook-answers.ts';
import { launched, launching, mayLaunch } from '../../../core/deployments/launch.ts';
import { isStaged } from '../../../core/drivers/drivers.ts';
import { asking } from '../../../core/people/approval.ts';
import { blueLetGo, guarded, owedTo } from '../../../core/protocol/commit.ts';
import { promoted } from '../../../core/protocol/deciding.ts';
import { withProof } from '../../../core/protocol/preparing.ts';
import { movingTargets } from '../../../core/record/record.ts';
import { reason } from '../../../core/release/reason.ts';
import { proven } from '../fixture.ts';
import { type Call, changeOwned, readOwned, StepFailed } from './acting.ts';
import { marked, markerOf } from './reading.ts';
import type { World } from './world.ts';

const launch = (world: World, name: string, call: Call): void => {
  const { now, atom } = call;
  const announced = changeOwned(world, call, (current) => launching(current, name, now));
  if (!mayLaunch(announced)) return;
  atom();
  const target = announced.targets[name]!;
  const party = world.partyOf(name);
  let id = target.forward ?? marked(party, markerOf(announced, target, 'forward', 1));
  if (id === undefined) {
    atom();
    if (party.side.refusesLaunch) throw new StepFailed('refused');
    id = world.deeds.create(party, 'forward', 1, target.to!.name);
    atom();
  }
  world.change((current) => launched(current, name, id, now), 'launched');
};

/** Brings up a target that has a green of its own. */
export const launchDeployment = (world: World, call: Call, name: string): void => {
  if (isStaged(readOwned(world, call).targets[name]!)) launch(world, name, call);
};

/** Proves green, as the scenario says. */
export const proveRelease = (world: World, call: Call): void => {
  if (readOwned(world, call).proof) return;
  call.atom();
  const verdict = world.scenario.proof;
  const reasons =
    verdict === 'pass' ? [] : [reason('mixed-not-proven', 'Mixed versions are not proven')];
  world.change((current) => withProof(current, proven({ verdict, reasons }), []), 'proven');
};

/** Asks people. */
export const requestApproval = (world: World, call: Call): void => {
  readOwned(world, call);
  call.atom();
  changeOwned(world, call, (current) => asking(current, 'nonce', call.now), 'asked');
  world.ask();
};

/** The common start. */
export const startShift = (world: World, call: Call): void => {
  const { now, atom } = call;
  const begun = changeOwned(world, call, (current) => starting(current, now), 'starts');
  if (!begun.times.shifted) return;
  for (const { name, forward } of movingTargets(begun))
    if (forward === undefined) launch(world, name, call);
  atom();
  const record = readOwned(world, call);
  for (const target of movingTargets(record).filter((one) => !one.released)) {
    const { name } = target;
    atom();
    const going = changeOwned(world, call, (current) => lettingGo(current, name));
    if (!mayLetGo(going)) return;
    atom();
    const became = world.deeds.letGo(world.partyOf(name), target);
    atom();
    if (became === 'ended') {
      world.change((current) => notLetGo(current, name));
      return;
    }
    world.change((current) => released(current, target), 'let go');
  }
};

/** Decides to promote. */
export const decide = (world: World, call: Call): void => {
  call.atom();
  changeOwned(world, call, (current) => promoted(current, call.now), 'decided');
};

/** Answers the barrier of a target, or ends the wait that keeps its blue. */
export const answerTarget = (world: World, call: Call, name: string): void => {
  const { now, atom } = call;
  const record = readOwned(world, call);
  const target = record.targets[name]!;
  const party = world.partyOf(name);
  const owed = owedTo(record, name, now);
  if (owed === 'nothing') return;
  atom();
  if (owed !== 'end-of-guard') {
    const { deploymentId, event } = owed.answer;
    const answer = world.deeds.answer(party, deploymentId, event, 'Succeeded');
    atom();
    world.change((current) => withAnswer(current, { deploymentId, event }, answer), 'answered');
    return;
  }
  changeOwned(world, call, (current) => guarded(current, now), 'guard over');
  atom();
  if (target.forward && party.side.kind === 'ecs')
    world.deeds.endWait(party, target.forward, 'guard');
  atom();
  world.change((current) => blueLetGo(current, name, now));
};

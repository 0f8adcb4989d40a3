/** The steps of the release machine as the handlers take them, over the model's world instead of AWS. */
import { openApproval } from '../../../core/approval.ts';
import { BARRIER, START } from '../../../core/barrier.ts';
import { toMilliseconds } from '../../../core/moments.ts';
import { guardEnd } from '../../../core/phases/guarding.ts';
import { reason } from '../../../core/reason.ts';
import {
  hookOf,
  movingTargets,
  type ReleaseRecord,
  type TargetRecord,
  withTarget,
} from '../../../core/record.ts';
import { proven } from '../fixture.ts';
import { type Atom, createOnce, withAnswer } from './acting.ts';
import type { World } from './world.ts';

const launch = (world: World, name: string, atom: Atom): void => {
  const now = world.moment();
  const announced = world.change((current) =>
    withTarget(
      { ...current, times: { ...current.times, staged: current.times.staged ?? now } },
      name,
      { launching: true },
    ),
  );
  if (announced.decision === 'rollback') return;
  atom();
  const target = announced.targets[name]!;
  const id = target.forward ?? createOnce(world, target, 'forward', 1, atom);
  world.change((current) =>
    withTarget(
      current,
      name,
      id === undefined
        ? { busy: { since: current.targets[name]!.busy?.since ?? now, last: now } }
        : { forward: id, busy: undefined },
    ),
  );
};

/** Brings up what has a green of its own. */
export const launchDeployments = (world: World, atom: Atom): void => {
  for (const { name, registration } of movingTargets(world.record())) {
    if (registration.kind === 'ecs') launch(world, name, atom);
  }
};

/** Proves green, as the scenario says. */
export const proveRelease = (world: World, atom: Atom): void => {
  atom();
  const verdict = world.scenario.proof;
  const reasons =
    verdict === 'pass' ? [] : [reason('mixed-not-proven', 'Mixed versions are not proven')];
  world.change((current) => ({ ...current, proof: proven({ verdict, reasons }) }));
};

/** Asks people. */
export const requestApproval = (world: World, atom: Atom): void => {
  atom();
  world.change((current) =>
    current.approval
      ? current
      : { ...current, approval: openApproval(current, 'nonce', world.moment()) },
  );
  world.ask();
};

const released = (record: ReleaseRecord, target: TargetRecord): ReleaseRecord => ({
  ...withTarget(record, target.name, { released: true }),
  hooks: record.hooks.map((hook) =>
    hook.deploymentId === target.forward && hook.event === START && hook.answer === undefined
      ? { ...hook, answer: 'Succeeded' as const }
      : hook,
  ),
});

/** The common start. */
export const startShift = (world: World, atom: Atom): void => {
  const now = world.moment();
  world.change((current) => ({
    ...current,
    times: { ...current.times, shifted: current.times.shifted ?? now },
  }));
  for (const { name, forward } of movingTargets(world.record())) {
    if (forward === undefined) launch(world, name, atom);
  }
  atom();
  const record = world.record();
  const moving = movingTargets(record);
  const isHeld = (target: TargetRecord) =>
    target.shifted ||
    target.registration.kind === 'ecs' ||
    hookOf(record, target.forward, START) !== undefined;
  if (record.decision !== 'none' || !moving.every(isHeld)) return;
  for (const target of moving.filter((one) => !one.released)) {
    world.change((current) => withTarget(current, target.name, { shifted: true }));
    atom();
    world.letGo(world.partyOf(target.name), target.forward!);
    atom();
    world.change((current) => released(current, target));
  }
};

/** Decides to promote; only after the bake, unless a person said so, and never while it is held. */
export const decide = (world: World, atom: Atom): void => {
  world.checkPromotion();
  atom();
  const now = world.moment();
  world.change((current) =>
    current.decision === 'none'
      ? { ...current, decision: 'promote', times: { ...current.times, decided: now } }
      : current,
  );
};

/** Answers the barriers, or ends the wait that keeps blue. */
export const answerTargets = (world: World, atom: Atom): void => {
  for (const { name } of movingTargets(world.record())) {
    const record = world.record();
    const target = record.targets[name]!;
    if (record.decision !== 'promote') continue;
    const party = world.partyOf(name);
    const hook = hookOf(record, target.forward, BARRIER);
    if (hook && hook.answer === undefined) {
      atom();
      if (world.record().decision !== 'promote') continue;
      const answer = world.answer(party, target.forward!, BARRIER, 'Succeeded');
      atom();
      world.change((current) => withAnswer(current, hook.executionId, answer));
      continue;
    }
    const end = guardEnd(record);
    const now = world.moment();
    if (end === undefined || toMilliseconds(now) < end) continue;
    if (record.blindSince && !record.times.guardEnded) world.wrong.add('the guard was ended blind');
    world.change((current) =>
      current.times.guardEnded
        ? current
        : { ...current, times: { ...current.times, guardEnded: now } },
    );
    atom();
    if (target.forward) party.group.goOn(target.forward, 'termination');
    atom();
    world.change((current) => withTarget(current, name, { unguarded: true }));
  }
};

/** The steps that go back and that close a release, as the handlers take them. */
import { absorb } from '../../../core/absorb.ts';
import { endOf } from '../../../core/ending.ts';
import { isActive } from '../../../core/observation.ts';
import { reason } from '../../../core/reason.ts';
import { type TargetRecord, withTarget } from '../../../core/record.ts';
import { type WayBack, wayBack } from '../../../core/way-back.ts';
import { type Atom, createOnce, StepFailed, withAnswer } from './acting.ts';
import { readTarget } from './reading.ts';
import type { World } from './world.ts';

/** A step has failed for good: the release goes back. */
export const goBack = (world: World): void => {
  const now = world.moment();
  world.change((current) =>
    current.end || current.decision === 'rollback'
      ? current
      : {
          ...current,
          decision: 'rollback',
          phase: 'RollingBack',
          reasons: [reason('step-failed', 'A step failed'), ...current.reasons],
          times: { ...current.times, decided: now },
        },
  );
};

const walk = (world: World, target: TargetRecord, way: WayBack, atom: Atom): void => {
  const party = world.partyOf(target.name);
  switch (way.do) {
    case 'answer-failed':
      for (const { event, executionId } of way.hooks) {
        const answer = world.answer(party, target.forward!, event, 'Failed');
        atom();
        world.change((current) => withAnswer(current, executionId, answer));
      }
      return;
    case 'stop':
      world.stop(party, way.deploymentId);
      return;
    case 'continue':
      party.group.goOn(way.deploymentId, way.wait === 'READY_WAIT' ? 'ready' : 'termination');
      return;
    case 'restore-alias':
      party.group.setTraffic(target.from!.name);
      return;
    case 'redeploy': {
      const { forward, back } = readTarget(world, world.record(), target);
      if ((forward && isActive(forward)) || (back && isActive(back))) {
        world.wrong.add('a second way back was started beside another');
      }
      const id = createOnce(world, target, 'rollback', way.attempt, atom);
      if (id === undefined) return;
      world.change((current) => {
        const known = current.targets[target.name]!.back;
        return known.includes(id)
          ? current
          : withTarget(current, target.name, { back: [...known, id] });
      });
      return;
    }
    default:
      return;
  }
};

/** Takes one step of one target's way back. */
export const takeBackTarget = (world: World, name: string, atom: Atom): void => {
  const now = world.moment();
  const record = world.change((current) =>
    current.targets[name]!.backSince ? current : withTarget(current, name, { backSince: now }),
  );
  if (world.isBlind('targets')) throw new StepFailed('the target cannot be read');
  const target = record.targets[name]!;
  const reading = readTarget(world, record, target);
  const known = absorb(record, { now: world.now(), targets: { [name]: reading } }).targets[name]!;
  const way = wayBack(record, known, reading, world.now());
  world.steps.add(way.do);
  walk(world, known, way, atom);
  atom();
  if (known.forward) {
    const { forward } = known;
    world.change((current) => withTarget(current, name, { forward }));
  }
};

/** Writes the end. */
export const closeRelease = (world: World, atom: Atom): void => {
  atom();
  world.change((current) =>
    current.end
      ? current
      : { ...current, end: endOf(current), times: { ...current.times, ended: world.moment() } },
  );
};

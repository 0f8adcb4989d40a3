/** What the handlers do to the model's groups, with the points between their calls at which they may be interrupted. */
import type { ReleaseRecord, TargetRecord } from '../../../core/record.ts';
import { marked, markerOf } from './reading.ts';
import type { World } from './world.ts';

/** Thrown where a step fails for good. */
export class StepFailed extends Error {}

/** A point between two calls: time passes, and the step may end here. */
export type Atom = () => void;

/** Creates a deployment unless one with its marker is there; undefined when the group is somebody else's. */
export const createOnce = (
  world: World,
  target: TargetRecord,
  direction: 'forward' | 'rollback',
  attempt: number,
  atom: Atom,
): string | undefined => {
  const party = world.partyOf(target.name);
  const marker = markerOf(world.record(), target, direction, attempt);
  const before = marked(party, marker);
  if (before) return before;
  atom();
  if (direction === 'forward' && party.side.refusesLaunch) throw new StepFailed('refused');
  const wanted = direction === 'forward' ? target.to!.name : target.from!.name;
  const id = world.create(party, direction, attempt, wanted) ?? marked(party, marker);
  atom();
  return id;
};

/** The record with the answer to one hook. */
export const withAnswer = (
  record: ReleaseRecord,
  executionId: string,
  answer: 'Succeeded' | 'Failed',
): ReleaseRecord => ({
  ...record,
  hooks: record.hooks.map((hook) =>
    hook.executionId === executionId ? { ...hook, answer } : hook,
  ),
});

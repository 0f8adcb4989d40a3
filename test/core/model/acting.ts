/** How a step acts: as which execution, in which Invoke, and the points between its calls at which it may be interrupted. */
import { ownedBy } from '../../../core/protocol/ownership.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import type { World } from './world.ts';

/** Thrown where a step fails for good. */
export class StepFailed extends Error {}

/** A point between two calls: time passes, and the step may end here. */
type Atom = () => void;

/** One Invoke of a step. */
export interface Call {
  /** When its state was entered: what the machine tells it, in every try. */
  readonly now: string;
  readonly execution: string;
  readonly atom: Atom;
}

const actingIn = (world: World, { execution }: Call) => {
  const { pair, release } = world.record();
  return { pair, release, execution };
};

/** The record, for a step of its owner. */
export const readOwned = (world: World, call: Call): ReleaseRecord =>
  ownedBy(world.record(), actingIn(world, call));

/** Changes the record, for a step of its owner. */
export const changeOwned = (
  world: World,
  call: Call,
  edit: (record: ReleaseRecord) => ReleaseRecord,
  line?: string,
): ReleaseRecord => world.change((current) => edit(ownedBy(current, actingIn(world, call))), line);

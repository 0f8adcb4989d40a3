import type { Target } from '../../core/drivers/target.ts';
import type { Revision, TargetRecord } from '../../core/record/record.ts';
import type { Wanted } from '../../core/release/input.ts';
import type { Account } from '../account.ts';

/** A target of a release that is to be undone. */
export interface UndoneTarget<T extends Target = Target> extends Omit<TargetRecord, 'from'> {
  readonly registration: T;
  readonly from: Revision;
}

/** How a driver undoes a release, by what it reads in a person's account. */
export interface Undoing<T extends Target = Target> {
  /** The revision that the target ran before the release, which started at `started`. Throws a sentence when it cannot be named any more. */
  wantedBefore(account: Account, target: UndoneTarget<T>, started: number): Promise<Wanted>;
  /** A sentence that says what to do when the next release of the target would bring back the undone revision; undefined when it would not. */
  leftBehind(account: Account, target: UndoneTarget<T>): Promise<string | undefined>;
}

import type { Target } from '../../../core/drivers/target.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import type { Stage } from '../stage.ts';

export type Call = Stage['sandbox']['call'];

/** A target of a release, as far as it is read back. */
export type ReleasedTarget<T extends Target = Target> = Pick<TargetRecord, 'to' | 'groups'> & {
  readonly registration: T;
};

/** How a driver reads a target back in the sandbox, whatever Tandem says of it. */
export interface ReadingBack<T extends Target = Target> {
  /** Printable name of the revision that users reach; `mixed` or `nothing`. */
  live(call: Call, target: T): Promise<string>;
  /** Percent of users who meet green. */
  greenShare(call: Call, target: ReleasedTarget<T>): Promise<number>;
  /** Green's tasks; undefined where there are none. */
  greenTasks(
    call: Call,
    target: ReleasedTarget<T>,
  ): Promise<{ readonly healthy: number; readonly all: number } | undefined>;
}

/** Functions that nobody invoked for long: Lambda takes back what they used, and their next invocation only wakes them. */
import type { Cloud } from '../../../cloud.ts';
import { lambdaError } from '../errors.ts';
import type { Revision } from '../functions.ts';

/**
 * Service milliseconds that a function needs to wake: 40 to 106 s were seen (issue 801 of
 * aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws).
 */
const WAKING = { shortest: 40_000, longest: 106_000 };

/** Whether a revision is awake. */
export interface Idleness {
  /** As `State` of the function's configuration. */
  stateOf(revision: Revision): 'Active' | 'Inactive' | 'Pending';
  /** Notes an invocation. Throws CodeArtifactUserPendingException until the revision is awake. */
  use(revision: Revision): void;
}

/** Makes the memory of who was invoked when. */
export const idleness = (cloud: Cloud): Idleness => {
  const used = new WeakMap<Revision, number>();
  const awake = new WeakMap<Revision, number>();

  const sleeps = ({ settings: { shown } }: Revision): boolean => {
    const { SubnetIds = [] } = (shown.VpcConfig ?? {}) as { SubnetIds?: readonly string[] };
    return cloud.quirks.idleFunctions === 'every' || SubnetIds.length > 0;
  };

  const stateOf = (revision: Revision) => {
    const now = cloud.clock.now();
    const wakes = awake.get(revision);
    if (wakes !== undefined) return now < wakes ? 'Pending' : 'Active';
    const since = now - (used.get(revision) ?? revision.settled);
    return sleeps(revision) && since > cloud.quirks.idleHours * 3_600_000 ? 'Inactive' : 'Active';
  };

  return {
    stateOf,
    use: (revision) => {
      const state = stateOf(revision);
      if (state === 'Active') {
        awake.delete(revision);
        used.set(revision, cloud.clock.now());
        return;
      }
      if (state === 'Inactive') {
        const { shortest, longest } = WAKING;
        const needed = shortest + cloud.random() * (longest - shortest);
        awake.set(revision, cloud.clock.now() + needed);
      }
      throw lambdaError(
        'CodeArtifactUserPendingException',
        'Lambda is initializing your function. It will be ready to invoke shortly.',
      );
    },
  };
};

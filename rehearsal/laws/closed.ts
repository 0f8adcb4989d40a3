import { isWrittenByHand, type Law } from './law.ts';

/** Nobody has to carry a release on that has ended, and it is shown so. */
export const closed: Law = {
  name: 'closed',
  says: 'A release that has ended is closed, and nothing changes that.',
  broken: ({ releases }) =>
    releases.flatMap((left) => {
      const { record, stored } = left;
      if (!record) return [];
      const { release } = record;
      if (!stored?.closed) return [`${release} is still listed as open`];
      return stored.phase === 'Ended' || isWrittenByHand(left)
        ? []
        : [`${release} has ended and is shown as ${stored.phase}`];
    }),
};

import type { Law } from './law.ts';

/** Nobody has to carry a release on that has ended. */
export const closed: Law = {
  name: 'closed',
  says: 'A release that has ended is closed.',
  broken: ({ releases }) =>
    releases
      .filter(({ record, stored }) => record && !stored?.closed)
      .map(({ record }) => `${record!.release} is still listed as open`),
};

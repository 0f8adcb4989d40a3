import type { Law } from './law.ts';

/** Every end but a good one says why. */
export const reasonGiven: Law = {
  name: 'reason-given',
  says: 'A release that is not promoted says why.',
  broken: ({ releases }) =>
    releases
      .filter(({ end, record }) => record && end !== 'Promoted' && record.reasons.length === 0)
      .map(({ name, end }) => `release ${name} ended ${end} without a reason`),
};

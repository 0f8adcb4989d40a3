import type { Law } from './law.ts';
import { isTheirs } from './whose.ts';

/**
 * Users are where the last release that deployed something says. What was never deployed to, and what others have moved
 * last, is as they left it; a release that was rolled back may have come from what an earlier one promoted meanwhile.
 */
export const rightRevision: Law = {
  name: 'right-revision',
  says: 'Users are on what the end of the last release promises.',
  broken: (aftermath) => {
    const { pair, releases, live } = aftermath;
    const ours = releases.filter(({ record }) => record?.pair === pair);
    const last = ours.findLast(({ record }) =>
      Object.values(record?.targets ?? {}).some(({ forward }) => forward !== undefined),
    );
    const promoted = ours.findLast(({ end }) => end === 'Promoted');
    if (!last?.record || last.end === 'NeedsAttention') return [];
    const through = last.end === 'Promoted' ? last : promoted;
    return Object.values(last.record.targets).flatMap(
      ({ name, from, to, forward, registration }) => {
        const wanted = last.end === 'Promoted' ? to : from;
        if (forward === undefined || !wanted || live[name] === wanted.name) return [];
        if (isTheirs(aftermath, registration)) return [];
        if (through && live[name] === through.record?.targets[name]?.to?.name) return [];
        return [
          `${name} serves ${live[name]}, but after ${last.end} it should serve ${wanted.name}`,
        ];
      },
    );
  },
};

import { type Law, recordsIn } from './law.ts';

/** Every end is published on the topic of notifications. */
export const reported: Law = {
  name: 'reported',
  says: 'Every end is reported.',
  broken: (aftermath) =>
    recordsIn(aftermath)
      .filter(({ release }) => !aftermath.told.has(release))
      .map(({ release, end }) => `nobody was told that ${release} ended ${end}`),
};

import type { Law } from './law.ts';

/** The turn of a pair passes on with the end of each release. */
export const turnFree: Law = {
  name: 'turn-free',
  says: 'The turn of the pair is free once every release has ended.',
  broken: ({ turn: { owner, waiting } }) => [
    ...(owner ? [`the turn of the pair is still held by ${owner}`] : []),
    ...(waiting ? [`${waiting} still waits for its turn`] : []),
  ],
};

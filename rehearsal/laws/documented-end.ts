import { ENDS } from '../../core/release/end.ts';
import type { Law } from './law.ts';

/** The end of a release is one of those that people can look up; `Refused` is that of one without a record. */
export const documentedEnd: Law = {
  name: 'documented-end',
  says: 'A release ends as the documents say it may.',
  broken: ({ releases }) =>
    releases
      .filter(({ end }) => end !== 'Refused' && !Object.hasOwn(ENDS, end))
      .map(({ name, end }) => `release ${name} ended ${end}, which is no documented end`),
};

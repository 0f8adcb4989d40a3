import { toMilliseconds } from '../../core/text/time.ts';
import { type Law, recordsIn } from './law.ts';

/** Tandem touches no deployment and no traffic once the last release has ended. */
export const nothingAfterTheEnd: Law = {
  name: 'nothing-after-the-end',
  says: 'Nothing acts after the end.',
  broken: (aftermath) => {
    const records = recordsIn(aftermath);
    const over = Math.max(...records.map(({ times }) => toMilliseconds(times.ended!)));
    return records.length === 0
      ? []
      : aftermath.deeds
          .filter(({ at }) => at > over)
          .map(({ operation }) => `${operation} was called after the last release had ended`);
  },
};

import { minutes, toMilliseconds } from '../../core/text/time.ts';
import { type Law, recordsIn } from './law.ts';

/** A promoted release was promoted while no alarm of it had been red: from the moment when users met green until its guard was over. */
export const alarmsCount: Law = {
  name: 'alarms-count',
  says: 'No release is promoted whose alarm was red before its guard was over.',
  broken: (aftermath) =>
    recordsIn(aftermath).flatMap(({ release, end, intent, alarms, underRed, times, policy }) => {
      if (end !== 'Promoted' || intent === 'rollback' || underRed) return [];
      if (!times.shifted || !times.guarded) return [];
      const over = toMilliseconds(times.guarded) + minutes(policy.guardMinutes);
      const begun = toMilliseconds(times.shifted);
      return aftermath.reds
        .filter(({ alarm, from, to }) => alarms.includes(alarm) && from < over && to > begun)
        .map(
          ({ alarm, from }) =>
            `${release} was promoted, but ${alarm} was red from ${new Date(from).toISOString()} on, and its guard lasted until ${new Date(over).toISOString()}`,
        );
    }),
};

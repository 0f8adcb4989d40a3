import { isDeepStrictEqual } from 'node:util';
import { toldOf } from '../../core/facts/append.ts';
import { folded, type Link } from '../../core/facts/chain.ts';
import { replayed } from '../../core/protocol/replay.ts';
import { isWrittenByHand, type Law } from './law.ts';

/** What follows otherwise from the facts than it was decided, a sentence each. */
const decidedOtherwise = (
  release: string,
  facts: readonly Link[],
  bases: readonly string[],
): readonly string[] =>
  replayed(facts, bases).flatMap(({ n, was, now, different, reworded, same }) => {
    const other = [...different, ...reworded];
    const also = other.length > 0 ? `, with other ${other.join(', ')}` : '';
    return same && other.length === 0
      ? []
      : [`fact ${n} of ${release}: ${was} was decided, ${now} follows now${also}`];
  });

/** The facts of a release give its record, and every decision follows from them again, those of the judge from its figures; what was edited by hand gave decisions that do not. */
export const factsHold: Law = {
  name: 'facts-hold',
  says: 'The facts of a release give its record and its decisions.',
  broken: ({ releases, edited }) =>
    releases.flatMap((left) => {
      const { record, stored, facts } = left;
      if (!record || !stored) return [];
      const { release } = record;
      if ('unreadable' in facts) return [`${release}: ${facts.unreadable}`];
      try {
        const given = { ...toldOf(stored), facts: stored.facts };
        const isTold = isDeepStrictEqual(folded(facts), given);
        return [
          ...(isTold || isWrittenByHand(left)
            ? []
            : [`the facts of ${release} do not give its record`]),
          ...(edited.has(release) ? [] : decidedOtherwise(release, facts, left.bases)),
        ];
      } catch (error) {
        return [`${release}: ${(error as Error).message}`];
      }
    }),
};

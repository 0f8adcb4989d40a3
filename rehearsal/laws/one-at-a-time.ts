import type { Law } from './law.ts';

/** Releases of a pair that had deployments at the same time: the turn was not theirs alone. */
export const oneAtATime: Law = {
  name: 'one-at-a-time',
  says: 'One release at a time moves a pair.',
  broken: ({ releases }) => {
    const moves = releases.flatMap(({ name, record }) => {
      const launched = Object.values(record?.targets ?? {}).flatMap((one) => one.launched ?? []);
      const ended = record?.times.ended;
      return launched.length > 0 && ended
        ? [{ name, pair: record.pair, from: launched.sort()[0]!, to: ended }]
        : [];
    });
    return moves.flatMap((one) =>
      moves
        .filter((other) => one.name < other.name && one.pair === other.pair)
        .filter((other) => one.from < other.to && other.from < one.to)
        .map((other) => `releases ${one.name} and ${other.name} moved the pair at the same time`),
    );
  },
};

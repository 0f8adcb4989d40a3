import type { Target } from '../../core/drivers/target.ts';
import { movingTargets, pairTargets, type ReleaseRecord } from '../../core/record/record.ts';
import { movingOf } from './drivers.ts';

/** Targets of the pair that a release does not move. */
const neighboursOf = (record: ReleaseRecord): readonly Target[] => {
  const moving = movingTargets(record).map(({ name }) => name);
  return pairTargets(record).filter(({ name }) => !moving.includes(name));
};

/**
 * Name of a target that does not move and has a deployment of others under way: users would meet versions of both
 * that were not proven together.
 */
export const busyNeighbour = async (record: ReleaseRecord): Promise<string | undefined> => {
  for (const neighbour of neighboursOf(record))
    if (await movingOf(neighbour).findForeign(neighbour, record.release)) return neighbour.name;
  return undefined;
};

/** Deployments of others to targets that do not move, each by its target: those that began after the release's first. */
export const readNeighbours = async (
  record: ReleaseRecord,
): Promise<Readonly<Record<string, string>>> => {
  const first = movingTargets(record).find(({ forward }) => forward !== undefined);
  if (!first) return {};
  const found = await Promise.all(
    neighboursOf(record).map(async (neighbour) => {
      const id = await movingOf(neighbour).findAfter(
        neighbour,
        first.forward!,
        record.times.started,
      );
      return id === undefined ? [] : [[neighbour.name, id] as const];
    }),
  );
  return Object.fromEntries(found.flat());
};

import {
  movingTargets,
  pairTargets,
  type ReleaseRecord,
  type TargetRecord,
  withTarget,
} from '../core/record.ts';
import { type Acting, changeOwned } from './owned.ts';
import { changeRelease } from './table/releases.ts';
import { findForeign } from './targets/deployments.ts';
import { driverOf } from './targets/drivers.ts';
import type { Launched } from './targets/target.ts';

/** Whether the release may still touch anything: it goes back, or has ended, at most once. */
const mayLaunch = ({ decision, end }: ReleaseRecord): boolean =>
  decision !== 'rollback' && end === undefined;

/**
 * Name of a target that does not move and that somebody deploys to now: its users, and those of the targets
 * that move, would meet versions of both that nobody has proven together.
 */
const busyNeighbour = async (record: ReleaseRecord): Promise<string | undefined> => {
  const moving = movingTargets(record).map(({ name }) => name);
  const neighbours = pairTargets(record).filter(({ name }) => !moving.includes(name));
  for (const neighbour of neighbours)
    if (await findForeign(neighbour, record.release, [])) return neighbour.name;
  return undefined;
};

/** Creates the deployment of a target unless it is there; says whose group is busy instead. */
const launched = async (
  record: ReleaseRecord,
  target: TargetRecord,
): Promise<Launched & { readonly of?: string }> => {
  if (target.forward) return { id: target.forward };
  const of = await busyNeighbour(record);
  return of === undefined ? driverOf(target).launch(record, target) : { busy: true, of };
};

/**
 * Creates the deployment of one target. That it may exist is written before the call, so that whoever comes after
 * a crash looks for its marker; that the group is somebody else's is written as well.
 */
export const launch = async (
  about: Acting,
  name: string,
  now: string,
): Promise<{ readonly launched: boolean; readonly record: ReleaseRecord }> => {
  const announced = await changeOwned(about, (current) =>
    mayLaunch(current)
      ? withTarget(
          { ...current, times: { ...current.times, staged: current.times.staged ?? now } },
          name,
          { launching: true },
        )
      : current,
  );
  if (!mayLaunch(announced)) return { launched: false, record: announced };
  const target = announced.targets[name]!;
  const result = await launched(announced, target);
  const { of } = result;

  const fact = (known: TargetRecord): Partial<TargetRecord> =>
    'id' in result
      ? { forward: result.id, busy: undefined }
      : { busy: { since: known.busy?.since ?? now, last: now, ...(of ? { of } : {}) } };
  const record = await changeRelease(
    about.pair,
    about.release,
    (current) => withTarget(current, name, fact(current.targets[name]!)),
    {
      at: now,
      line: () =>
        'id' in result
          ? `${name}: deployment ${result.id} launched`
          : `${name}: ${of ? `the deployment group of ${of}` : 'its deployment group'} is busy`,
    },
  );
  return { launched: 'id' in result, record };
};

import { launched, launching, mayLaunch } from '../../core/deployments/launch.ts';
import type { Acting } from '../../core/protocol/ownership.ts';
import type { ReleaseRecord, TargetRecord } from '../../core/record/record.ts';
import { goesBack } from '../../core/release/intent.ts';
import type { Launched } from '../drivers/driver.ts';
import { driverOf } from '../drivers/drivers.ts';
import { busyNeighbour } from '../drivers/neighbours.ts';
import { changeRelease } from '../table/releases.ts';
import { changeOwned } from './owned.ts';

/** Creates the deployment of a target unless it is there; says whose group is busy instead. */
const create = async (
  record: ReleaseRecord,
  target: TargetRecord,
): Promise<Launched & { readonly of?: string }> => {
  if (target.forward) return { id: target.forward };
  // Nothing stops a release that rolls back: its users wait for it.
  const of = goesBack(record) ? undefined : await busyNeighbour(record);
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
  const announced = await changeOwned(about, (current) => launching(current, name, now), {
    at: now,
    fact: () => ({ kind: 'launching', data: { target: name } }),
  });
  if (!mayLaunch(announced)) return { launched: false, record: announced };
  const outcome = await create(announced, announced.targets[name]!);
  const { of } = outcome;
  const id = 'id' in outcome ? outcome.id : undefined;

  const record = await changeRelease(
    about.pair,
    about.release,
    (current) => launched(current, name, id, now, of),
    {
      at: now,
      fact: () =>
        id === undefined
          ? { kind: 'busy', data: { target: name, ...(of === undefined ? {} : { of }) } }
          : { kind: 'launched', data: { target: name, deployment: id } },
    },
  );
  return { launched: id !== undefined, record };
};

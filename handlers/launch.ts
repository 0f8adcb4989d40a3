import { launched, launching, mayLaunch } from '../core/launch.ts';
import type { Acting } from '../core/ownership.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { changeOwned } from './owned.ts';
import { changeRelease } from './table/releases.ts';
import { driverOf } from './targets/drivers.ts';

/**
 * Creates the deployment of one target. That it may exist is written before the call, so that whoever comes after
 * a crash looks for its marker; that the group is somebody else's is written as well.
 */
export const launch = async (
  about: Acting,
  name: string,
  now: string,
): Promise<{ readonly launched: boolean; readonly record: ReleaseRecord }> => {
  const announced = await changeOwned(about, (current) => launching(current, name, now));
  if (!mayLaunch(announced)) return { launched: false, record: announced };
  const target = announced.targets[name]!;
  const outcome = target.forward
    ? { id: target.forward }
    : await driverOf(target).launch(announced, target);
  const id = 'id' in outcome ? outcome.id : undefined;

  const record = await changeRelease(
    about.pair,
    about.release,
    (current) => launched(current, name, id, now),
    {
      at: now,
      line: () =>
        id === undefined
          ? `${name}: its deployment group is busy`
          : `${name}: deployment ${id} launched`,
    },
  );
  return { launched: id !== undefined, record };
};

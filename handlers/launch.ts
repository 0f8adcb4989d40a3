import { type ReleaseRecord, type TargetRecord, withTarget } from '../core/record.ts';
import { type Acting, changeOwned } from './owned.ts';
import { changeRelease } from './table/releases.ts';
import { driverOf } from './targets/drivers.ts';

/** Whether the release may still touch anything: it goes back, or has ended, at most once. */
const mayLaunch = ({ decision, end }: ReleaseRecord): boolean =>
  decision !== 'rollback' && end === undefined;

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
  const launched = target.forward
    ? { id: target.forward }
    : await driverOf(target).launch(announced, target);

  const fact = (known: TargetRecord): Partial<TargetRecord> =>
    'id' in launched
      ? { forward: launched.id, busy: undefined }
      : { busy: { since: known.busy?.since ?? now, last: now } };
  const record = await changeRelease(
    about.pair,
    about.release,
    (current) => withTarget(current, name, fact(current.targets[name]!)),
    {
      at: now,
      line: () =>
        'id' in launched
          ? `${name}: deployment ${launched.id} launched`
          : `${name}: its deployment group is busy`,
    },
  );
  return { launched: 'id' in launched, record };
};

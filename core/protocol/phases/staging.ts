import { isStaged } from '../../deployments/holds.ts';
import { failedStart, startText } from '../../record/green-start.ts';
import type { ReleaseRecord, TargetRecord } from '../../record/record.ts';
import { reason } from '../../release/reason.ts';
import { minutes } from '../../text/time.ts';
import { launching } from './launching.ts';
import { proving } from './proving.ts';
import { lastLaunch, type Next, rollback, type View, wait } from './view.ts';

/** Until when green has to become ready, in milliseconds since 1970. */
export const readyEnd = (
  { times, policy }: Pick<ReleaseRecord, 'times' | 'policy'>,
  moving: readonly TargetRecord[],
): number => lastLaunch({ moving }, times.started) + minutes(policy.readyMinutes);

/** Staging: green comes up where no user can reach it. */
export const staging = (view: View): Next => {
  const { record, now } = view;
  const staged = view.moving.filter(isStaged);
  const launch = launching(view, 'Staging', 'launch-deployment', staged);
  if (launch) return launch;

  const late = readyEnd(record, view.moving);
  const unready = staged.filter((target) => view.of(target)?.forward?.status !== 'Ready');
  if (unready.length === 0) return proving(view);
  const failed = unready.flatMap(({ name, green }) => failedStart(name, green) ?? []);
  if (failed.length > 0) return rollback(...failed);
  if (now < late) return wait(view, 'Staging', late);
  return rollback(
    ...unready.map(({ name, green }) =>
      reason(
        'not-ready',
        `Green of ${name} was not ready for traffic after ${record.policy.readyMinutes} minutes: its tasks did not become healthy or its checks did not end${green ? ` (${startText(green)})` : ''}`,
        { target: name },
      ),
    ),
  );
};

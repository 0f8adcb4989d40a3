import { stateOf } from '../../drivers/deployment.ts';
import { isStaged } from '../../drivers/drivers.ts';
import { failedStart, startText } from '../../record/green-start.ts';
import { namesOf } from '../../record/record.ts';
import { reason } from '../../release/reason.ts';
import { minutes } from '../../text/time.ts';
import { launching } from './launching.ts';
import { proving } from './proving.ts';
import { lastLaunch, type Next, ordersOf, rollback, type View, wait } from './view.ts';

/** Staging: green comes up where no user can reach it. */
export const staging = (view: View): Next => {
  const { record, now } = view;
  const staged = view.moving.filter(isStaged);
  const launch = launching(view, 'Staging', 'launch-deployment', staged);
  if (launch) return launch;

  const late = lastLaunch(view, record.times.started) + minutes(record.policy.readyMinutes);
  const unready = staged.filter((target) => stateOf(view.of(target)?.forward) !== 'held-before');
  if (unready.length === 0) return proving(view);
  const failed = unready.flatMap(({ name, green }) => failedStart(name, green) ?? []);
  if (failed.length > 0) return rollback(...failed);
  if (now < late) {
    const starts = unready.flatMap(({ name, green }) =>
      green ? [`${name} ${startText(green)}`] : [],
    );
    const why = {
      for: `green of ${namesOf(unready)} to become ready`,
      ...(starts.length > 0 ? { progress: starts.join('; ') } : {}),
      deadline: late,
      words: ordersOf(record),
    };
    return wait(view, 'Staging', why);
  }
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

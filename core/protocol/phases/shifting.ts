import { answerBy, barriersUntil } from '../../deployments/answer-by.ts';
import { stateOf } from '../../drivers/deployment.ts';
import { holdsOf } from '../../drivers/drivers.ts';
import { READ_AFTER } from '../../judge/judging-window.ts';
import { hookOf, namesOf, type TargetRecord } from '../../record/record.ts';
import { describeCurve, minutesToShift } from '../../release/curve.ts';
import { reason } from '../../release/reason.ts';
import { minutes, toMilliseconds, toMoment } from '../../text/time.ts';
import { HELD_BEFORE, holdBefore } from './hold-before.ts';
import { holding } from './holding.ts';
import { launching } from './launching.ts';
import { lastLaunch, type Next, ordersOf, proceed, rollback, type View, wait } from './view.ts';

/** Minutes in which every target must be held for the common start. */
const START_MINUTES = 10;

/** Minutes that a shift may take beyond its plan. */
const SLACK_MINUTES = 15;

/** Whether the release itself can let this target go now. */
const isReleasable = (view: View, target: TargetRecord): boolean => {
  const { start } = holdsOf(target);
  return start.by === 'hook'
    ? hookOf(view.record, target.forward, start.event) !== undefined
    : stateOf(view.of(target)?.forward) === 'held-before';
};

/** Until when a release may be held when every side waits for the common start: holds end by themselves. */
const startHeldUntil = ({ record, moving }: View): number =>
  Math.min(
    holdBefore(record).end,
    ...moving.flatMap((target) => {
      const { start } = holdsOf(target);
      if (start.by !== 'hook') return [];
      const hook = hookOf(record, target.forward, start.event);
      return hook ? [answerBy(hook.at, start, record.policy)] : [];
    }),
  );

/** A hold that came before anything was released: users meet nothing until it is lifted. */
const heldAtTheStart = (view: View): Next => {
  const end = startHeldUntil(view);
  if (view.now < end)
    return wait(view, 'Shifting', {
      for: HELD_BEFORE,
      deadline: end,
      words: ordersOf(view.record),
    });
  return rollback(
    reason(
      'held-too-long',
      'The release was held before any traffic moved until its deployments would have failed; resume earlier',
    ),
  );
};

/** Shifting: every target is held first, then all are released; they are expected at the barrier in the planned time. */
export const shifting = (view: View): Next => {
  const { record, now, moving } = view;
  const since = lastLaunch(view, record.times.shifted ?? toMoment(now));
  const launch = launching(view, 'Shifting', 'start-shift', moving);
  if (launch) return launch;

  const unreleased = moving.filter(({ released }) => !released);
  if (unreleased.length > 0) {
    if (unreleased.every((target) => isReleasable(view, target))) {
      const isHeld = record.commands.hold && unreleased.length === moving.length;
      return isHeld ? heldAtTheStart(view) : proceed('Shifting', 'start-shift');
    }
    const late = since + minutes(START_MINUTES);
    if (now < late) {
      const why = { for: 'every target to be held for the common start', deadline: late };
      return wait(view, 'Shifting', { ...why, words: ordersOf(record) });
    }
    return rollback(
      ...unreleased
        .filter((target) => !isReleasable(view, target))
        .map(({ name }) =>
          reason(
            'shift-stuck',
            `${name} was not ready for the common start ${START_MINUTES} minutes after its sibling was`,
            { target: name },
          ),
        ),
    );
  }

  const travelling = moving.filter(({ arrivedAt }) => arrivedAt === undefined);
  if (travelling.length === 0) return holding(view);
  const { bakeMinutes } = record.policy;
  const deadline = barriersUntil(moving, record.policy);
  const late = Math.min(
    deadline - (bakeMinutes === 0 ? 0 : minutes(bakeMinutes) + READ_AFTER),
    since + minutes(minutesToShift(record.curve) + START_MINUTES + SLACK_MINUTES),
  );
  if (now < late) {
    const planned =
      toMilliseconds(record.times.shifted ?? toMoment(now)) + minutes(minutesToShift(record.curve));
    const why = {
      for: `all traffic of ${namesOf(travelling)} to reach green (${describeCurve(record.curve)})`,
      ...(now < planned ? { until: planned } : { deadline: late }),
      words: ordersOf(record),
    };
    return wait(view, 'Shifting', why, late);
  }
  return rollback(
    ...travelling.map(({ name }) =>
      reason('shift-stuck', `Traffic of ${name} did not reach green in the planned time`, {
        target: name,
        figures: { share: view.of(view.record.targets[name]!)?.share ?? 0 },
      }),
    ),
  );
};

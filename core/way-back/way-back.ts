import { mayBeBehind } from '../deployments/behind.ts';
import { readingsOf } from '../deployments/final.ts';
import {
  isActive,
  isLost,
  mayGoBackUnseen,
  type Observation,
  READING_SECONDS,
  READINGS,
  type TargetObservation,
} from '../deployments/observation.ts';
import { isOfOthers } from '../deployments/of-others.ts';
import { outdated } from '../deployments/outdated.ts';
import type { DeploymentObservation } from '../drivers/deployment.ts';
import type { WaitName } from '../drivers/driver.ts';
import { holdsOf } from '../drivers/drivers.ts';
import {
  type HeldHook,
  movingTargets,
  namesOf,
  type ReleaseRecord,
  type TargetRecord,
  withTarget,
} from '../record/record.ts';
import type { Wait } from '../record/waiting.ts';
import { minutes, seconds, toMilliseconds, toMoment } from '../text/time.ts';
import { outdatedReason, stuckReason } from './attention.ts';

/** The one thing to do now to bring a target back to where it came from. */
export type WayBack =
  | { readonly do: 'nothing' }
  | { readonly do: 'wait' }
  | { readonly do: 'answer-failed'; readonly hooks: readonly HeldHook[] }
  | { readonly do: 'stop'; readonly deploymentId: string }
  | {
      readonly do: 'continue';
      readonly deploymentId: string;
      /** The wait that is ended: green's before its traffic, or old tasks' before they go. */
      readonly wait: WaitName;
    }
  | { readonly do: 'redeploy'; readonly attempt: number }
  | { readonly do: 'restore' }
  | { readonly do: 'give-up' };

/** Rollbacks are tried this often, refused ones counted; then a person must look. */
export const LONGEST_TRIES = 3;

/** Milliseconds that a platform gets to end a deployment whose hooks were answered Failed. */
const PATIENCE = seconds(60);

/** Milliseconds without a new step after which a rollback is given up: a platform may wait an hour for a hook. */
const LONGEST_WAY = minutes(90);

/** Milliseconds that a target has been rolling back. */
const sinceOf = ({ backSince }: TargetRecord, now: number): number =>
  backSince === undefined ? 0 : now - toMilliseconds(backSince);

/** Whether a target's rollback has brought nothing new for too long. */
const isOverdue = ({ tried, backSince }: TargetRecord, now: number): boolean => {
  const since = tried?.since ?? backSince;
  return since !== undefined && now - toMilliseconds(since) > LONGEST_WAY;
};

const unanswered = (record: ReleaseRecord, target: TargetRecord): readonly HeldHook[] =>
  record.hooks.filter(
    ({ deploymentId, answer }) => deploymentId === target.forward && answer === undefined,
  );

/** A step in a word or two, by which it is known when it comes again. */
export const orderOf = (way: WayBack): string => ('wait' in way ? `${way.do} ${way.wait}` : way.do);

/** How often one of these steps of a target's rollback was refused. */
const refusalsOf = ({ refused = [] }: TargetRecord, ...orders: string[]): number =>
  refused.filter((one) => orders.includes(one.do)).length;

/** How often a rollback of a target was begun, or refused. */
const triesOf = (target: TargetRecord): number =>
  target.back.length + refusalsOf(target, 'redeploy', 'restore');

/** Whether a target serves what it came from, with nothing under way, three readings in a row. */
export const isBack = (target: TargetRecord): boolean => target.equalReads >= READINGS;

/** Whether a deployment waits before its traffic, for a word that is not the answer of a hook. */
const waitsToShift = (target: TargetRecord, { state }: DeploymentObservation): boolean =>
  state === 'held-before' && holdsOf(target).start.by === 'wait';

const whileForwardRuns = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
  now: number,
): WayBack => {
  const forward = reading.forward!;
  if (forward.state === 'rolling-back') return { do: 'wait' };
  const hooks = unanswered(record, target);
  if (hooks.length > 0 && refusalsOf(target, 'answer-failed') === 0)
    return { do: 'answer-failed', hooks };
  const answered = record.hooks.some(
    ({ deploymentId, answer }) => deploymentId === target.forward && answer === 'Failed',
  );
  if (answered && sinceOf(target, now) < PATIENCE) return { do: 'wait' };
  // Whatever moves comes to a hook that refuses it; what waits is ended by a stop, or by nobody.
  if (waitsToShift(target, forward) && refusalsOf(target, 'stop') >= LONGEST_TRIES)
    return { do: 'give-up' };
  return { do: 'stop', deploymentId: forward.id };
};

/** How a target comes back whose forward deployment has ended and which nothing brings back yet. */
const repair = (target: TargetRecord, reading: TargetObservation): WayBack => {
  if (triesOf(target) >= LONGEST_TRIES) return { do: 'give-up' };
  const { restorable } = holdsOf(target);
  // A deployment may need a target that serves one revision: a split one is set right directly.
  if (restorable && (reading.live === 'mixed' || isLost(reading.forward))) return { do: 'restore' };
  return { do: 'redeploy', attempt: target.back.length + 1 };
};

const whileBackRuns = (target: TargetRecord, back: DeploymentObservation): WayBack => {
  const { id, state } = back;
  if (waitsToShift(target, back)) {
    const way: WayBack = { do: 'continue', deploymentId: id, wait: 'start' };
    return refusalsOf(target, orderOf(way)) < LONGEST_TRIES ? way : { do: 'give-up' };
  }
  return state === 'committed'
    ? { do: 'continue', deploymentId: id, wait: 'guard' }
    : { do: 'wait' };
};

const whatIsLeft = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
  now: number,
): WayBack => {
  const from = target.from?.name;
  if (isActive(reading.forward)) return whileForwardRuns(record, target, reading, now);
  if (reading.back && isActive(reading.back)) return whileBackRuns(target, reading.back);
  if (mayGoBackUnseen(reading, now)) return { do: 'wait' };
  const untouched = reading.forward === undefined || from === undefined;
  if (untouched || reading.live === from) return { do: 'nothing' };
  // What somebody else is deploying is never fought over: what it leaves is seen when it ends.
  if (reading.foreign !== undefined || mayBeBehind(target, reading, now)) return { do: 'wait' };
  return isOfOthers(target, reading) ? { do: 'give-up' } : repair(target, reading);
};

/**
 * The rollback of one target, by what was read of it (design: the table of the rollback). Never starts a
 * second way beside one that is under way, and never trusts a status: `nothing` means that the old
 * revision was read live, or that the target was never deployed to.
 */
export const wayBack = (
  record: ReleaseRecord,
  target: TargetRecord,
  reading: TargetObservation,
  now: number,
): WayBack => {
  const way = whatIsLeft(record, target, reading, now);
  if (way.do === 'nothing' || mayBeBehind(target, reading, now) || !isOverdue(target, now))
    return way;
  // A step that was never ordered, or not for long, is tried first: maybe nobody drove the release all the while.
  const isNew = !RESTING.includes(way.do) && !isGoingOn(target, way, now);
  return isNew ? way : { do: 'give-up' };
};

/** What the rollback machine does now. */
export type NextBack =
  | { readonly action: 'wait'; readonly seconds: number; readonly why: Wait }
  | { readonly action: 'proceed'; readonly step: 'take-back-target' | 'close-release' };

/** Seconds between two polls of a rollback, and on one that takes long: a platform may wait an hour for a hook. */
const LOOK_SECONDS = 15;
const LATER_LOOK_SECONDS = 60;
/** Milliseconds after which a rollback takes long. */
const LONG = minutes(5);

/** Seconds that a step gets to work: a platform may take an hour to stop, and is not asked every time we look. */
const AGAIN_SECONDS = 60;

/** Milliseconds without an order after which a step begins anew: an order is given again each minute while somebody drives the release. */
const UNDRIVEN = minutes(10);

const RESTING: readonly WayBack['do'][] = ['nothing', 'wait', 'give-up'];

/** Whether a step is the one that is ordered again and again. */
const isGoingOn = ({ tried }: TargetRecord, way: WayBack, now: number): boolean =>
  tried?.do === orderOf(way) && now - toMilliseconds(tried.at) < UNDRIVEN;

/** The order of a step as the record keeps it: the same one goes on since it was ordered first. */
const triedOf = (target: TargetRecord, way: WayBack, at: string): TargetRecord['tried'] => ({
  do: orderOf(way),
  since: isGoingOn(target, way, toMilliseconds(at)) ? target.tried!.since : at,
  at,
});

/** Whether a step is to be taken now; the same one is given time to work before it is taken again. */
const isDue = ({ tried }: TargetRecord, way: WayBack, now: number): boolean =>
  !RESTING.includes(way.do) &&
  !(tried?.do === orderOf(way) && now - toMilliseconds(tried.at) < seconds(AGAIN_SECONDS));

/** The rollback of a target that was looked at; one that could not be read is waited for, but not for ever. */
const wayOf = (record: ReleaseRecord, target: TargetRecord, observation: Observation): WayBack => {
  const reading = observation.targets[target.name];
  const giveUp: WayBack = { do: 'give-up' };
  if (!reading) return isOverdue(target, observation.now) ? giveUp : { do: 'wait' };
  const way = wayBack(record, target, reading, observation.now);
  // What a record says that is older than its deployments moves nothing.
  return record.outdated !== undefined && way.do !== 'nothing' ? giveUp : way;
};

/** The record with why it is older than its deployments, if it is. */
const dated = (record: ReleaseRecord, observation: Observation): ReleaseRecord => {
  const why = outdated(record, observation);
  return why === undefined ? record : { ...record, outdated: why };
};

/** Milliseconds in which a launch whose answer was lost may still take effect. */
const LANDING = minutes(2);

/**
 * Whether a deployment of ours may still appear. One that appears after the end is refused by its hook, but the platform
 * may then deploy what it deployed last with success, which need not be what users were on.
 */
const mayStillLand = (
  target: TargetRecord,
  reading: TargetObservation | undefined,
  now: number,
): boolean =>
  target.launching &&
  target.busy === undefined &&
  (target.forward ?? reading?.forward) === undefined &&
  sinceOf(target, now) < LANDING;

/** Whether a target has still to be brought back; what was never deployed to and cannot be read is nobody's to bring. */
const isOpen = (target: TargetRecord, { targets, now }: Observation): boolean => {
  const reading = targets[target.name];
  if (target.to === undefined) return false;
  if (isBack(target)) return mayStillLand(target, reading, now);
  return target.launching || reading !== undefined;
};

/** The record with the beginning of every rollback, though the step that takes it may never have run. */
const begun = (record: ReleaseRecord, at: string): ReleaseRecord =>
  movingTargets(record).reduce(
    (all, { name, backSince = at }) => withTarget(all, name, { backSince }),
    record,
  );

/**
 * What the rollback does now, and the record with the end of the way once it is reached. Every target is walked
 * as far as it goes; only when nothing can move any more does a lost one make the whole way `stuck`.
 */
export const nextBack = (
  found: ReleaseRecord,
  observation: Observation,
): { readonly record: ReleaseRecord; readonly next: NextBack } => {
  const done: NextBack = { action: 'proceed', step: 'close-release' };
  if (found.takenBack || found.end) return { record: found, next: done };
  const at = toMoment(observation.now);
  const record = dated(begun(found, at), observation);
  const open = movingTargets(record)
    .filter((target) => isOpen(target, observation))
    .map((target) => ({ target, way: wayOf(record, target, observation) }));
  if (open.length === 0) return { record: { ...record, takenBack: 'back' }, next: done };
  if (open.every(({ way }) => way.do === 'give-up')) {
    const reasons = open.map(({ target }) =>
      record.outdated === undefined
        ? stuckReason(target, observation.targets[target.name])
        : outdatedReason(target, record.outdated),
    );
    return {
      record: { ...record, takenBack: 'stuck', reasons: [...record.reasons, ...reasons] },
      next: done,
    };
  }
  const due = open.filter(({ target, way }) => isDue(target, way, observation.now));
  if (due.length > 0) {
    return {
      record: due.reduce(
        (all, { target, way }) => withTarget(all, target.name, { tried: triedOf(target, way, at) }),
        record,
      ),
      next: { action: 'proceed', step: 'take-back-target' },
    };
  }
  if (open.every(({ way }) => way.do === 'nothing')) {
    const why = readingsOf(
      'the old revisions',
      movingTargets(record).filter(({ to }) => to),
    );
    return {
      record,
      next: { action: 'wait', seconds: READING_SECONDS, why: { ...why, words: [] } },
    };
  }
  const isLong = open.every(({ target }) => sinceOf(target, observation.now) > LONG);
  const why: Wait = {
    for: `${namesOf(open.map(({ target }) => target))} to serve what users had before`,
    progress: open.map(({ target: { name, lane } }) => `${name} ${lane.status}`).join(', '),
    words: [],
  };
  return {
    record,
    next: { action: 'wait', seconds: isLong ? LATER_LOOK_SECONDS : LOOK_SECONDS, why },
  };
};

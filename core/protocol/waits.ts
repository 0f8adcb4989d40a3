/** What a release waits for now, out of its record: for everybody who shows a release to people. */

import { isFinal } from '../deployments/final.ts';
import { isStaged } from '../deployments/holds.ts';
import { READINGS } from '../deployments/observation.ts';
import { startText } from '../record/green-start.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../record/record.ts';
import { describeCurve, minutesToShift } from '../release/curve.ts';
import type { Phase } from '../release/phase.ts';
import { minutes, toMilliseconds } from '../text/time.ts';
import type { Command } from './command.ts';
import { guardEnd } from './phases/guarding.ts';
import { holdBefore } from './phases/hold-before.ts';
import { bakeOf } from './phases/holding.ts';
import { busyEnd } from './phases/launching.ts';
import { readyEnd } from './phases/staging.ts';

/** What people can say to a release: an order, or an answer to its request for approval. */
export type Word = Command['command'] | 'approve' | 'reject';

/** A wait of a release, and everything that ends it. */
export interface Wait {
  /** What has to come, to be read after "waits for". */
  readonly for: string;
  /** How much of it has come. */
  readonly progress?: string;
  /** When the release goes on by itself, in milliseconds since 1970. */
  readonly until?: number;
  /** When it goes back if nothing has come, in milliseconds since 1970. */
  readonly deadline?: number;
  /** What people can say now, what goes on before what goes back. */
  readonly words: readonly Word[];
}

const names = (targets: readonly TargetRecord[]): string =>
  targets.map(({ name }) => name).join(' and ');

/** A group that somebody else keeps busy comes before everything that a launch would lead to. */
const whileBusy = (
  { policy }: ReleaseRecord,
  moving: readonly TargetRecord[],
): Wait | undefined => {
  const kept = moving.find(({ busy, forward }) => busy && forward === undefined);
  return (
    kept && {
      for: `another deployment in the group of ${kept.busy!.of ?? kept.name}`,
      deadline: busyEnd(kept.busy!.since, policy),
      words: ['abort'],
    }
  );
};

const whileStaging = (record: ReleaseRecord, moving: readonly TargetRecord[]): Wait | undefined => {
  const unready = moving.filter((target) => isStaged(target) && target.lane.status !== 'Ready');
  if (unready.length === 0) return undefined;
  const starts = unready.flatMap(({ name, green }) =>
    green ? [`${name} ${startText(green)}`] : [],
  );
  return {
    for: `green of ${names(unready)} to become ready`,
    ...(starts.length > 0 ? { progress: starts.join('; ') } : {}),
    deadline: readyEnd(record, moving),
    words: record.commands.hold ? ['resume', 'abort'] : ['hold', 'abort'],
  };
};

const whileAsking = (record: ReleaseRecord): Wait | undefined => {
  const { approval, commands, policy } = record;
  if (policy.approval === 'required' && approval?.state === 'pending') {
    const deadline = toMilliseconds(approval.expiresAt);
    return { for: 'an approval', deadline, words: ['approve', 'reject', 'abort'] };
  }
  if (!commands.hold) return undefined;
  const { end } = holdBefore(record);
  return {
    for: 'a person: it is held before any traffic moves',
    deadline: end,
    words: ['resume', 'abort'],
  };
};

const whileShifting = (
  { times, curve, commands }: ReleaseRecord,
  moving: readonly TargetRecord[],
): Wait | undefined => {
  const words: readonly Word[] = commands.hold ? ['resume', 'abort'] : ['hold', 'abort'];
  if (moving.some(({ released }) => !released))
    return { for: 'every side to be held for the common start', words };
  const travelling = moving.filter(({ arrivedAt }) => arrivedAt === undefined);
  if (travelling.length === 0 || times.shifted === undefined) return undefined;
  return {
    for: `all traffic of ${names(travelling)} to reach green (${describeCurve(curve)})`,
    until: toMilliseconds(times.shifted) + minutes(minutesToShift(curve)),
    words,
  };
};

const whileHolding = (
  { commands, policy, judged, times }: ReleaseRecord,
  moving: readonly TargetRecord[],
  now: number,
): Wait | undefined => {
  const arrivals = moving.flatMap(({ arrivedAt }) => arrivedAt ?? []);
  if (arrivals.length < moving.length) return undefined;
  const { end, read, deadline } = bakeOf(arrivals, policy);
  if (commands.hold)
    return {
      for: 'a person: it is held with all traffic on green',
      deadline,
      words: ['resume', 'abort'],
    };
  if (now < end && !commands.promote)
    return { for: 'the end of the bake', until: end, words: ['promote', 'hold', 'abort'] };
  if (now < read && !commands.promote)
    return {
      for: 'the metrics of the last minutes of the bake',
      until: read,
      words: ['promote', 'hold', 'abort'],
    };
  if ((times.asked || judged?.verdict === 'inconclusive') && !commands.promote) {
    const meanings = [policy.judgement.tooFewRequests, policy.judgement.unusual];
    const words: readonly Word[] = ['promote', 'abort'];
    if (times.asked) return { for: 'a person: the judge has doubts', deadline, words };
    if (meanings.includes('extend'))
      return { for: 'figures that leave the judge no doubt', deadline, words };
  }
  return policy.insufficientData === 'extend'
    ? { for: 'alarms that have enough data', deadline, words: ['abort'] }
    : undefined;
};

/** Readings that must show every target where it belongs, and how many of them there are. */
const readings = (what: string, moving: readonly TargetRecord[]) => ({
  for: `${what} to be read ${READINGS} times in a row`,
  progress: moving
    .map(({ name, equalReads }) => `${name} ${Math.min(equalReads, READINGS)}`)
    .join(', '),
});

const whileGuarding = (record: ReleaseRecord, moving: readonly TargetRecord[]): Wait => {
  const end = guardEnd(record);
  const words: readonly Word[] = isFinal(record) ? [] : ['abort'];
  if (end === undefined) return { for: 'CodeDeploy to take the answers to its hooks', words };
  return record.times.guardEnded === undefined
    ? { for: 'the end of the guard', until: end, words }
    : { ...readings('the new revisions', moving), words };
};

type Waits = (
  record: ReleaseRecord,
  moving: readonly TargetRecord[],
  now: number,
) => Wait | undefined;

const WAITS: Partial<Record<Phase, Waits>> = {
  Waiting: () => ({ for: 'its turn: the release before it has to end', words: ['abort'] }),
  Staging: (record, moving) => whileBusy(record, moving) ?? whileStaging(record, moving),
  Asking: whileAsking,
  Shifting: (record, moving) => whileBusy(record, moving) ?? whileShifting(record, moving),
  Holding: whileHolding,
  Guarding: whileGuarding,
  RollingBack: (_, moving) => ({
    ...readings(
      'the old revisions',
      moving.filter(({ to }) => to !== undefined),
    ),
    words: [],
  }),
};

/** What a release waits for at `now` (milliseconds since 1970); undefined while it works, and after its end. */
export const waitOf = (record: ReleaseRecord, now: number): Wait | undefined =>
  record.end ? undefined : WAITS[record.phase]?.(record, movingTargets(record), now);

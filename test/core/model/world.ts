/** The world around one release: its record, its groups, people, alarms and hooks, on one virtual clock. */
import { isDeepStrictEqual } from 'node:util';
import { answered, answerProblem } from '../../../core/approval.ts';
import { BARRIER, START } from '../../../core/barrier.ts';
import { hookOrder } from '../../../core/hook.ts';
import { readMarker, renderMarker } from '../../../core/marker.ts';
import { minutes, seconds, toMilliseconds, toMoment } from '../../../core/moments.ts';
import { reason } from '../../../core/reason.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../../../core/record.ts';
import { SUSPENDED, type SuspendedState } from '../../../core/scaling.ts';
import { fail, inconclusive, pass, type Verdict } from '../../../core/verdict.ts';
import type { WayBack } from '../../../core/way-back.ts';
import {
  lambdaRecord,
  policy,
  record as recordOf,
  START_OF_RELEASE,
  scaledRecord,
} from '../fixture.ts';
import { type Group, groupOf } from './codedeploy.ts';
import type { Deployment } from './deployment.ts';
import { frozen } from './frozen.ts';
import { schedule } from './others.ts';
import { SCALES } from './scaling.ts';
import type { Scenario, Side } from './scenario.ts';

export interface Party {
  readonly name: string;
  readonly side: Side;
  readonly group: Group;
}

const NAMES = { ecs: ['web'], lambda: ['api', 'mail'] } as const;

const targetsOf = ({ sides }: Scenario): readonly TargetRecord[] => {
  const counts = { ecs: 0, lambda: 0 };
  return sides.map(({ kind }) => {
    const name = NAMES[kind][counts[kind]++]!;
    return kind === 'lambda' ? lambdaRecord({}, name) : scaledRecord({}, name);
  });
};

/** Opens the world of a scenario: the release is prepared and about to launch. */
export const worldOf = (scenario: Scenario) => {
  let now = START_OF_RELEASE;
  let record: ReleaseRecord = frozen(
    recordOf({
      intent: scenario.intent,
      policy: policy(scenario.policy),
      curve: scenario.curve,
      targets: targetsOf(scenario),
    }),
  );
  let ownerRuns = true;
  let woken = false;
  let ids = 0;
  const wrong = new Set<string>();
  const steps = new Set<WayBack['do']>();
  const agenda: { readonly at: number; readonly act: () => void }[] = [];
  const at = (moment: number, act: () => void) => agenda.push({ at: moment, act });
  const markers = new Set<string>();

  const change = (edit: (record: ReleaseRecord) => ReleaseRecord): ReleaseRecord => {
    const before = record;
    record = frozen(edit(before));
    if (before.decision === 'rollback' && record.decision !== 'rollback') {
      wrong.add('a rollback was taken back');
    }
    if (before.decision === 'promote' && record.decision === 'none') {
      wrong.add('a decision was forgotten');
    }
    if (before.end && record.end !== before.end) wrong.add('an end was changed');
    return record;
  };
  const signal = (edit: (record: ReleaseRecord) => ReleaseRecord = (same) => same): void => {
    change((current) => ({ ...edit(current), signals: current.signals + 1 }));
    woken = scenario.signalled;
  };

  const begun = ({ group }: Party, id: string, event: string) =>
    toMoment(group.find(id).events[event]!.startedAt);

  /** What the hook function does with a call: the order of core, then the barrier's fact or an answer. */
  const callHook = (
    party: Party,
    { id, description, creator }: Deployment,
    event: string,
  ): void => {
    const answer = (value: 'Succeeded' | 'Failed') => party.group.answer(id, event, value);
    const marker = readMarker(description);
    const { order } = hookOrder({
      creator,
      marker,
      record: marker ? record : undefined,
      ownerRuns,
      foreignAllowed: false,
    });
    if (order !== 'check') {
      answer(order === 'pass' ? 'Succeeded' : 'Failed');
      return;
    }
    const executionId = `${id} ${event}`;
    if (record.hooks.some((hook) => hook.executionId === executionId)) {
      signal();
      return;
    }
    signal((current) => ({
      ...current,
      hooks: [
        ...current.hooks,
        { deploymentId: id, event, executionId, at: begun(party, id, event) },
      ],
    }));
  };

  const partyOf = (name: string, side: Side): Party => {
    const target = record.targets[name]!;
    const party: Party = {
      name,
      side,
      group: groupOf(side.kind, side.nature, target.from!.name, {
        now: () => now,
        id: () => `d-${++ids}`,
        onChange: () => {
          if (scenario.signalled && !record.end) signal();
        },
        onHook: (deployment, event) => {
          if (side.hook.lost) return;
          for (let call = 0; call < (side.hook.twice ? 2 : 1); call += 1) {
            at(now + seconds(side.hook.seconds) + call, () => callHook(party, deployment, event));
          }
        },
      }),
    };
    return party;
  };
  const parties = Object.keys(record.targets).map((name, index) =>
    partyOf(name, scenario.sides[index]!),
  );

  const scaling = new Map<string, SuspendedState>(
    parties.filter(({ side }) => side.kind === 'ecs').map(({ name }) => [name, SCALES]),
  );

  const forwardOf = ({ group, name }: Party) =>
    group.deployments.findLast(({ description }) => {
      const marker = readMarker(description);
      return marker?.target === name && marker.direction === 'forward';
    });

  /** No user may meet green before it is proven and, where that is asked for, approved. */
  const watchTraffic = () => {
    const isProven =
      record.intent === 'rollback' ||
      record.proof?.verdict === 'pass' ||
      (record.proof?.verdict === 'inconclusive' && record.policy.unproven === 'proceed');
    const isApproved = record.policy.approval === 'none' || record.approval?.state === 'approved';
    for (const { name, group, side } of parties) {
      const { wanted = '' } = { wanted: record.targets[name]!.to?.name };
      if (side.goOn !== undefined || !group.traffic().has(wanted)) continue;
      if (!isProven) wrong.add('users met green before it was proven');
      if (!isApproved) wrong.add('users met green before it was approved');
    }
  };

  const happenUntil = (moment: number, stopWhenWoken: boolean) => {
    for (;;) {
      agenda.sort((a, b) => a.at - b.at);
      const soonest = Math.min(
        agenda[0]?.at ?? Number.POSITIVE_INFINITY,
        ...parties.map(({ group }) => group.next()),
      );
      if (soonest > moment) break;
      now = Math.max(now, soonest);
      while (agenda[0] && agenda[0].at <= now) agenda.shift()!.act();
      for (const { group } of parties) group.happen();
      watchTraffic();
      if (stopWhenWoken && woken) return;
    }
    now = Math.max(now, moment);
  };

  /** Whether something cannot be read now. */
  const isBlind = (what: 'alarms' | 'targets'): boolean => {
    const { blind } = scenario;
    const minute = (now - START_OF_RELEASE) / minutes(1);
    if (!blind || minute < blind.from || minute >= blind.from + blind.minutes) return false;
    return blind.what === what || blind.what === 'both';
  };

  const alarms = (): Verdict => {
    const { red, poor } = scenario.alarm;
    if (isBlind('alarms')) return inconclusive(reason('not-read', 'The alarms could not be read'));
    const minute = (now - START_OF_RELEASE) / minutes(1);
    if (red && minute >= red.from && minute < red.from + red.minutes) {
      return fail(reason('alarm-red', 'Alarm web-errors is red'));
    }
    return poor ? inconclusive(reason('too-little-data', 'Alarm web-errors has no data')) : pass;
  };

  schedule(scenario, {
    parties,
    at: (minute, act) => at(START_OF_RELEASE + minutes(minute), act),
    record: () => record,
    signal,
    forwardOf,
  });

  return {
    scenario,
    parties,
    /** What is suspended of the scaling of each service. */
    scaling,
    /** Laws that were broken. */
    wrong,
    /** Steps of the way back that were taken. */
    steps,
    now: () => now,
    moment: () => toMoment(now),
    record: () => record,
    change,
    signal,
    alarms,
    isBlind,
    partyOf: (name: string) => parties.find((party) => party.name === name)!,
    /** People answer once they are asked. */
    ask: () => {
      for (const { minutes: patience, decision } of scenario.answers) {
        at(now + minutes(patience), () => {
          const answer = {
            approvalId: record.approval?.id ?? '',
            releaseId: record.release,
            decision,
            by: 'grace',
          };
          if (!answerProblem(record, answer, toMoment(now))) {
            signal((current) => answered(current, answer));
          }
        });
      }
    },
    /** Time passes whatever happens. */
    pass: (milliseconds: number) => happenUntil(now + milliseconds, false),
    /** Time passes until something wakes whoever listens. */
    listen: (milliseconds: number, signals: number) => {
      woken = scenario.signalled && record.signals !== signals;
      if (!woken) happenUntil(now + milliseconds, true);
      woken = false;
    },
    setOwnerRuns: (runs: boolean) => {
      ownerRuns = runs;
    },
    /** The decision to promote comes after the whole bake, or on a person's word, and never while it is held. */
    checkPromotion: () => {
      const arrivals = movingTargets(record).map(({ arrivedAt }) => toMilliseconds(arrivedAt!));
      const baked = now >= Math.max(...arrivals) + minutes(record.policy.bakeMinutes);
      if (!baked && !record.commands.promote) wrong.add('the bake was cut short');
      if (record.blindSince) wrong.add('a release was promoted blind');
      if (record.commands.hold) wrong.add('a release was promoted while it was held');
      if (record.decision === 'none' && record.commands.abort) wrong.add('an abort was not heard');
    },
    /** Creates a deployment with our marker; a second one with the same marker is a defect. */
    create: (party: Party, direction: 'forward' | 'rollback', attempt: number, wanted: string) => {
      const marker = renderMarker({ ...record, target: party.name, direction, attempt });
      const id = party.group.create({
        description: marker,
        wanted,
        hooks: direction === 'forward',
        curve: direction === 'forward' ? record.curve : { type: 'all-at-once' },
      });
      if (id !== undefined && markers.has(marker)) wrong.add('a deployment was created twice');
      if (id !== undefined) markers.add(marker);
      return id;
    },
    /** Answers a held hook for the release; a barrier may succeed only once that is decided. */
    answer: (party: Party, id: string, event: string, value: 'Succeeded' | 'Failed') => {
      if (event === BARRIER && value === 'Succeeded' && record.decision !== 'promote') {
        wrong.add('a barrier was answered Succeeded before the decision');
      }
      const services = parties.filter(({ side }) => side.kind === 'ecs').map(forwardOf);
      const isLast = services.every((one) => one?.events[BARRIER]?.status !== 'InProgress');
      if (event === BARRIER && value === 'Succeeded' && party.side.kind === 'lambda' && !isLast) {
        wrong.add('a function was answered before a service');
      }
      return party.group.answer(id, event, value);
    },
    /** Lets a target go that is held before its shift; by then every target must be held or on its way. */
    letGo: (party: Party, id: string) => {
      const stages = parties.map((one) => forwardOf(one)?.stage ?? 'nowhere');
      if (stages.some((stage) => stage === 'nowhere' || stage === 'installing')) {
        wrong.add('a target was let go before the others were held');
      }
      if ([...scaling.values()].some((state) => !isDeepStrictEqual(state, SUSPENDED))) {
        wrong.add('a service was let go while it might be scaled');
      }
      if (party.side.kind === 'ecs') party.group.goOn(id, 'ready');
      else party.group.answer(id, START, 'Succeeded');
    },
    /** Stops a deployment for the release; never one that is not its own. */
    stop: (party: Party, id: string) => {
      const marker = readMarker(party.group.find(id).description);
      if (marker?.release !== record.release) wrong.add('a foreign deployment was stopped');
      party.group.stop(id);
    },
    /** Nobody does anything more, and everything under way comes to its end. */
    settle: () => {
      agenda.length = 0;
      happenUntil(now + minutes(600), false);
    },
  };
};
export type World = ReturnType<typeof worldOf>;

/** The world around one release: its record, its groups, people, alarms and hooks, on one virtual clock. */

import { readMarker } from '../../../core/drivers/codedeploy/marker.ts';
import { answered, answerProblem } from '../../../core/people/approval.ts';
import { signalled } from '../../../core/protocol/signal.ts';
import type { ReleaseRecord, TargetRecord } from '../../../core/record/record.ts';
import type { SuspendedState } from '../../../core/record/scaling.ts';
import { minutes, seconds, toMoment } from '../../../core/text/time.ts';
import type { WayBack } from '../../../core/way-back/way-back.ts';
import {
  lambdaRecord,
  policy,
  record as recordOf,
  START_OF_RELEASE,
  scaledRecord,
} from '../fixture.ts';
import { alarmOf } from './alarms.ts';
import { type Group, groupOf } from './codedeploy.ts';
import { deedsOf } from './deeds.ts';
import { callHook } from './hooks.ts';
import { keep } from './keeping.ts';
import { happen, type Reach, schedule } from './others.ts';
import { promisesOf } from './promises.ts';
import { SCALES } from './scaling.ts';
import type { Happening, Scenario, Side } from './scenario.ts';

export interface Party {
  readonly name: string;
  readonly side: Side;
  readonly group: Group;
  /** When others last put a revision live: milliseconds. */
  movedAt?: number;
  /** Others have put a revision live during the release. */
  theirs: boolean;
}

const NAMES = { ecs: ['web'], lambda: ['api', 'mail'] } as const;

const targetsOf = ({ sides }: Scenario): readonly TargetRecord[] => {
  const counts = { ecs: 0, lambda: 0 };
  return sides.map(({ kind }) => {
    const name = NAMES[kind][counts[kind]++]!;
    return kind === 'lambda' ? lambdaRecord({}, name) : scaledRecord({}, name);
  });
};

/** Who acts now, and what had been ordered when its Invoke began. */
interface Acting {
  readonly execution: string;
  readonly commands: ReleaseRecord['commands'];
}

/** Opens the world of a scenario: the release is prepared and about to launch. */
export const worldOf = (scenario: Scenario) => {
  let now = START_OF_RELEASE;
  let ownerRuns = true;
  let woken = false;
  let ids = 0;
  let acting: Acting | undefined;
  const wrong = new Set<string>();
  const steps = new Set<WayBack['do']>();
  /** What the scenario wanted to happen, and did. */
  const met = new Set<string>();
  const agenda: { readonly at: number; readonly act: () => void }[] = [];
  const at = (moment: number, act: () => void) => agenda.push({ at: moment, act });
  let spelled = { at: Number.NaN, moment: '' };
  const moment = (): string => {
    if (spelled.at !== now) spelled = { at: now, moment: toMoment(now) };
    return spelled.moment;
  };
  const since = (minute: number) => START_OF_RELEASE + minutes(minute);

  const { red } = scenario.alarm;
  const alarm = alarmOf(
    () => now,
    red ? [{ from: since(red.from), until: since(red.from + red.minutes) }] : [],
  );
  const parties: Party[] = [];
  const forwardOf = ({ group, name }: Party) =>
    group.deployments.findLast(({ description }) => {
      const marker = readMarker(description);
      return marker?.target === name && marker.direction === 'forward';
    });
  const promises = promisesOf({ now: () => now, parties, forwardOf, alarm, wrong });

  const { record, change, restore } = keep(
    recordOf({
      intent: scenario.intent,
      policy: policy(scenario.policy),
      curve: scenario.curve,
      targets: targetsOf(scenario),
    }),
    {
      wrong,
      moment,
      hasUnknownMembers: () =>
        scenario.unknownMembers !== undefined && now >= since(scenario.unknownMembers),
      onChange: promises.onChange,
    },
  );
  const signal = (
    edit: (record: ReleaseRecord) => ReleaseRecord = (same) => same,
    line?: string,
  ): void => {
    change((current) => signalled(edit(current)), line);
    woken = scenario.signalled;
  };

  const partyOf = (name: string, side: Side): Party => {
    const party: Party = {
      name,
      side,
      theirs: false,
      group: groupOf(side.kind, side.nature, record().targets[name]!.from!.name, {
        now: () => now,
        id: () => `d-${++ids}`,
        onChange: () => {
          if (scenario.signalled && !record().end) signal();
        },
        onHook: (deployment, event) => {
          if (side.hook.lost) return;
          const call = () =>
            callHook(party.group, deployment, event, { record: record(), ownerRuns, signal });
          for (let count = 0; count < (side.hook.twice ? 2 : 1); count += 1)
            at(now + seconds(side.hook.seconds) + count, call);
        },
      }),
    };
    return party;
  };
  for (const [index, name] of Object.keys(record().targets).entries())
    parties.push(partyOf(name, scenario.sides[index]!));

  const scaling = new Map<string, SuspendedState>(
    parties.filter(({ side }) => side.kind === 'ecs').map(({ name }) => [name, SCALES]),
  );

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
      promises.watchTraffic(record());
      if (stopWhenWoken && woken) return;
    }
    now = Math.max(now, moment);
  };

  const reach: Reach = {
    parties,
    now: () => now,
    at: (minute, act) => at(since(minute), act),
    record,
    signal,
    forwardOf,
    turnRed: alarm.turnRed,
  };
  schedule(scenario, reach);

  return {
    scenario,
    parties,
    /** What is suspended of the scaling of each service. */
    scaling,
    /** Laws that were broken. */
    wrong,
    /** Steps of the rollback that were taken. */
    steps,
    met,
    alarm,
    promises,
    now: () => now,
    moment,
    record,
    change,
    restore,
    signal,
    partyOf: (name: string) => parties.find((party) => party.name === name)!,
    forwardOf,
    happen: (what: Happening) => happen(reach, what),
    deeds: deedsOf(scenario, {
      now: () => now,
      record,
      parties,
      forwardOf,
      scaling,
      wrong,
      met,
      actor: () => acting!.execution,
      orderedBefore: (command) =>
        command === 'hold' ? acting!.commands.hold : acting!.commands.abort !== undefined,
    }),
    /** An execution invokes a step. */
    invoke: (execution: string): void => {
      acting = { execution, commands: record().commands };
    },
    /** Whether something cannot be read now. */
    isBlind: (what: 'alarms' | 'targets'): boolean => {
      const { blind } = scenario;
      const minute = (now - START_OF_RELEASE) / minutes(1);
      if (!blind || minute < blind.from || minute >= blind.from + blind.minutes) return false;
      return blind.what === what || blind.what === 'both';
    },
    /** People answer once they are asked. */
    ask: () => {
      for (const { minutes: patience, decision } of scenario.answers) {
        at(now + minutes(patience), () => {
          const answer = {
            approvalId: record().approval?.id ?? '',
            releaseId: record().release,
            decision,
            by: 'grace',
          };
          if (!answerProblem(record(), answer, toMoment(now)))
            signal((current) => answered(current, answer));
        });
      }
    },
    /** Time passes whatever happens. */
    pass: (milliseconds: number) => happenUntil(now + milliseconds, false),
    /** Time passes until something wakes whoever listens. */
    listen: (milliseconds: number, signals: number) => {
      woken = scenario.signalled && record().signals !== signals;
      if (!woken) happenUntil(now + milliseconds, true);
      woken = false;
    },
    setOwnerRuns: (runs: boolean) => {
      ownerRuns = runs;
    },
    /** Nobody does anything more, and everything under way comes to its end. */
    settle: () => {
      agenda.length = 0;
      happenUntil(now + minutes(600), false);
    },
  };
};
export type World = ReturnType<typeof worldOf>;

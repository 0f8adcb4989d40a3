/** One release of the soak under its users' traffic: who decided about it, when, and how many users met green. */

import type { ReleaseRecord } from '../../core/record/record.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import type { ReleaseOutcome } from '../stage/outcome.ts';
import type { Stage } from '../stage/stage.ts';
import type { Traffic } from '../traffic/traffic.ts';
import type { TrafficCount } from '../traffic/traffic-count.ts';
import type { Kind } from './kinds.ts';
import type { Releases, Versions } from './releases.ts';

/** What became of one release. */
export interface Trial {
  readonly kind: string;
  readonly expected: string;
  readonly end: string;
  /** Whether it ended as it must, users have what they must have, and none was let down by us. */
  readonly right: boolean;
  readonly codes: readonly string[];
  /** The first reason, for people. */
  readonly sentence: string;
  readonly decidedBy: string;
  /** Service seconds from the first user's answer by green to the decision. */
  readonly seconds?: number;
  /** Users' requests that green answered: the bad half of it, or both halves where none is bad. */
  readonly exposed: number;
  readonly requests: number;
  readonly lost: number;
  readonly heldBack: number;
  readonly losses: readonly string[];
  readonly realSeconds: number;
  readonly release: string;
}

/** Real milliseconds between two looks whether users meet green. */
const LOOK = 20;

/** Who speaks by the code of a reason; the judge's own is `green-worse`. */
const SPEAKERS: Readonly<Record<string, string>> = {
  'green-worse': 'judge',
  'alarm-red': 'alarm',
  'deployment-failed': 'CodeDeploy',
  'deployment-stopped': 'CodeDeploy',
};

/** Who has decided, by the first reason; a release without one was stopped by nobody. @internal */
export const deciderOf = ([first]: ReleaseOutcome['reasons']): string =>
  first ? (SPEAKERS[first.code] ?? first.code) : 'nobody';

/** Green halves whose users count. */
const greens = ({ bad }: Kind, { web, api }: Versions): readonly string[] =>
  bad ? [`${bad.half} ${bad.version}`] : [`web ${web}`, `api ${api}`];

const answeredBy = ({ answeredBy: by }: TrafficCount, who: readonly string[]): number =>
  who.reduce((sum, one) => sum + (by[one] ?? 0), 0);

/** Notes the moment of service time at which the first user is answered by green. */
const firstMeeting = ({ sandbox: { clock } }: Stage, traffic: Traffic, who: readonly string[]) => {
  let at: number | undefined;
  const timer = setInterval(() => {
    if (at === undefined && answeredBy(traffic.soFar(), who) > 0) at = clock.now();
  }, LOOK);
  return {
    stop: () => {
      clearInterval(timer);
      return at;
    },
  };
};

const decidedAt = (record: ReleaseRecord | undefined): number | undefined => {
  const { firstBadSign, decided } = record?.times ?? {};
  const moment = record?.end === 'Promoted' ? decided : (firstBadSign ?? decided);
  return moment === undefined ? undefined : toMilliseconds(moment);
};

/** Whether a release ended as it must, every half serves what it then must, and no request was lost but by the version's own fault. @internal */
export const isRight = (
  { expected, losing }: Kind,
  { end, targets }: Pick<ReleaseOutcome, 'end' | 'targets'>,
  lost: number,
): boolean =>
  end === expected &&
  targets.length > 0 &&
  targets.every(({ live, from, to }) => live === (expected === 'Promoted' ? to : from)) &&
  (lost === 0 || losing === true);

/** Releases a kind, and waits for its end; `settle` then makes the stage ready for the next one. */
export const tryKind = async (
  stage: Stage,
  releases: Releases,
  traffic: Traffic,
  kind: Kind,
): Promise<{ readonly trial: Trial; settle(): Promise<void> }> => {
  await traffic.count();
  const { id, versions, ended } = await releases.begin(kind);
  const who = greens(kind, versions);
  const meeting = firstMeeting(stage, traffic, who);
  const outcome = await ended().finally(() => meeting.stop());
  const met = meeting.stop();
  const decided = decidedAt(await stage.record(id));
  const count = await traffic.count();
  const { name, expected } = kind;
  const { end, reasons, realSeconds } = outcome;
  const { requests, lost, losses, heldBack } = count;
  const trial: Trial = {
    kind: name,
    expected,
    end,
    right: isRight(kind, outcome, lost),
    codes: reasons.map(({ code }) => code),
    sentence: reasons[0]?.text ?? '',
    decidedBy: deciderOf(reasons),
    ...(met !== undefined && decided !== undefined
      ? { seconds: Math.max(0, Math.round((decided - met) / 1000)) }
      : {}),
    exposed: answeredBy(count, who),
    requests,
    lost,
    heldBack,
    losses,
    realSeconds,
    release: id,
  };
  return { trial, settle: () => releases.settle(kind, versions, outcome) };
};

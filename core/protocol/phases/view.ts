import type { TargetObservation } from '../../deployments/observation.ts';
import { isJudged, judgedTargets, nextFigures } from '../../judge/judging-window.ts';
import type { ReleaseRecord, TargetRecord } from '../../record/record.ts';
import type { Vote } from '../../record/vote.ts';
import type { Wait, Word } from '../../record/waiting.ts';
import { minutesToShift } from '../../release/curve.ts';
import type { Phase } from '../../release/phase.ts';
import type { Reason } from '../../release/reason.ts';
import { toMilliseconds } from '../../text/time.ts';

/** The step that `proceed` leads to. */
export type NextStep =
  | 'set-scaling'
  | 'launch-deployment'
  | 'prove-release'
  | 'start-shift'
  | 'decide'
  | 'answer-target'
  | 'close-release';

/** What the release does now, and the phase that it is in while it does. */
export type Next = { readonly phase: Phase } & (
  | { readonly action: 'wait'; readonly seconds: number; readonly why: Wait }
  | { readonly action: 'proceed'; readonly step: NextStep }
  | { readonly action: 'ask' }
  | { readonly action: 'rollback'; readonly reasons: readonly Reason[] }
);

/** Everything that a phase looks at. */
export interface View {
  readonly record: ReleaseRecord;
  readonly moving: readonly TargetRecord[];
  /** Milliseconds since 1970, service time. */
  readonly now: number;
  /** Nobody is against the release; some may not know. */
  readonly votes: readonly Vote[];
  /** What could not be read at this look. */
  readonly unread: readonly Reason[];
  /** What was read of a target; undefined where it could not be read yet. */
  readonly of: (target: TargetRecord) => TargetObservation | undefined;
}

/** Default seconds of a watch interval; a long release looks less often, so that its history stays short. */
const WATCH_SECONDS = 60;

/** Looks in the plan, and as many while people have their time: few releases need a fresh execution (core/protocol/hand-over.ts). */
const LONGEST_WATCH = 250;

/** Seconds between two looks in so many minutes. */
const looks = (minutes: number): number =>
  Math.max(WATCH_SECONDS, Math.ceil((minutes * 60) / LONGEST_WATCH));

/** Seconds between two looks when nothing is due: a part of the plan, and never under a minute. @internal */
export const watchSeconds = ({ curve, policy }: Pick<ReleaseRecord, 'curve' | 'policy'>): number =>
  looks(minutesToShift(curve) + policy.bakeMinutes + policy.guardMinutes);

/** Orders that people may give to a release that is not decided and asks them nothing. */
export const ordersOf = ({ commands }: ReleaseRecord): readonly Word[] =>
  commands.hold ? ['resume', 'abort'] : ['hold', 'abort'];

/**
 * Waits for a signal, at most until `due` (milliseconds since 1970; default: the end of the wait), or one watch interval,
 * or until there are new figures to judge green by.
 */
export const wait = (
  view: View,
  phase: Phase,
  why: Wait,
  due = why.until ?? why.deadline ?? Number.POSITIVE_INFINITY,
  watch = watchSeconds(view.record),
): Next => {
  const { record, now } = view;
  const figures =
    watch === WATCH_SECONDS &&
    record.decision === 'none' &&
    judgedTargets(record).length > 0 &&
    isJudged(record, now);
  const until = figures ? Math.min(due, nextFigures(now)) : due;
  const left = Math.ceil((until - now) / 1000);
  return { phase, action: 'wait', seconds: Math.max(1, Math.min(watch, left)), why };
};

/** Waits for people, who may take days: the longer they have, the less often it looks. */
export const waitForPeople = (
  view: View,
  why: Wait & { readonly deadline: number },
  given: number,
): Next => wait(view, 'Asking', why, why.deadline, looks(given));

/** Goes on with a step. */
export const proceed = (phase: Phase, step: NextStep): Next => ({ phase, action: 'proceed', step });

/** Rolls back, for these reasons. */
export const rollback = (...reasons: readonly Reason[]): Next => ({
  phase: 'RollingBack',
  action: 'rollback',
  reasons,
});

/** When the last deployment was launched, at the earliest `least`: a busy group takes no time from the next wait. */
export const lastLaunch = ({ moving }: Pick<View, 'moving'>, least: string): number =>
  Math.max(
    toMilliseconds(least),
    ...moving.flatMap(({ launched }) => (launched ? [toMilliseconds(launched)] : [])),
  );

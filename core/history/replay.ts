/** Judges releases of the past again, by the figures that are kept of them and any policy. */

import { casesOf } from '../judge/cases.ts';
import type { Evidence, TargetEvidence } from '../judge/evidence.ts';
import { judgedTargets } from '../judge/judging-window.ts';
import { type Judgment, judgedTogether, judgeTarget } from '../judge/verdict.ts';
import type { KeptProfile } from '../judge/warm-up-profile.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { goesBack } from '../release/intent.ts';
import type { JudgementPolicy } from '../release/judge-settings.ts';
import { seconds, toMilliseconds } from '../text/time.ts';
import { taught, teaches } from './lesson.ts';

/** A release of the past. */
export interface Past {
  readonly record: ReleaseRecord;
  readonly evidence: Evidence;
}

/** What the judge makes of a release under a policy. */
export interface Replayed {
  /** `stopped`: taken back · `told`: only said, as the policy wants · `unsure`: too few requests · `unjudged`: the policy reads no figures. */
  readonly outcome: 'stopped' | 'told' | 'unsure' | 'passed' | 'unjudged';
  /** Seconds from the first shift to the end of the figures that decided; undefined where nothing did. */
  readonly second?: number | undefined;
  /** Requests of green by then, in all targets; where nothing decided, all that are known. */
  readonly green: number;
  readonly says: readonly string[];
}

/** What was known of starts when a release came, by target. */
export type Profiles = Readonly<Record<string, KeptProfile | undefined>>;

const beginOf = ({ record, evidence }: Past): number => {
  const firsts = Object.values(evidence.targets).flatMap(({ first }) => first ?? []);
  return toMilliseconds(record.times.shifted ?? firsts.sort()[0] ?? record.times.started);
};

const firstOf = (past: Past, { first }: TargetEvidence): number =>
  first === undefined ? beginOf(past) : toMilliseconds(first);

/** Ends of the periods of all targets with green's requests in them. */
const periodsOf = (past: Past) =>
  Object.values(past.evidence.targets).flatMap((one) => {
    const { seconds: length = 0, rows = [] } = one.tally?.errors ?? {};
    return rows.map(([number = 0, green = 0]) => ({
      end: firstOf(past, one) + seconds((number + 1) * length),
      green,
    }));
  });

/** When the figures that decided were complete, in milliseconds since 1970: those of the target that was first. */
const decidedAt = (past: Past, judgments: readonly Judgment[]): number =>
  Math.min(
    ...judgments
      .filter(({ verdict }) => verdict === 'fail')
      .flatMap(({ reasons }) => reasons)
      .map(({ target = '', figures }) => {
        const one = past.evidence.targets[target];
        return (one ? firstOf(past, one) : beginOf(past)) + seconds(figures?.second ?? 0);
      }),
  );

/** Judges a release as a policy wants it, with what was known of starts when it came. */
export const replayed = (past: Past, policy: JudgementPolicy, profiles: Profiles): Replayed => {
  const { record, evidence } = past;
  const periods = periodsOf(past);
  const until = (end: number) =>
    periods.reduce((sum, one) => sum + (one.end <= end ? one.green : 0), 0);
  const last = Math.max(beginOf(past), ...periods.map(({ end }) => end));
  if (policy.mode === 'off') return { outcome: 'unjudged', green: until(last), says: [] };

  const known = Object.fromEntries(
    Object.entries(profiles).map(([name, kept]) => [name, kept?.profile]),
  );
  const { cases, judged } = casesOf(record, evidence, known);
  const judgments = cases.map((one) => judgeTarget(one, policy, judged));
  const { verdict, says } = judgedTogether(judgments, policy);
  const at = (outcome: Replayed['outcome'], end: number): Replayed => ({
    outcome,
    second: (end - beginOf(past)) / 1000,
    green: until(end),
    says,
  });
  if (judgments.some((one) => one.verdict === 'fail'))
    return at(policy.mode === 'tell' ? 'told' : 'stopped', decidedAt(past, judgments));
  if (verdict === 'pass') return { outcome: 'passed', green: until(last), says };
  return policy.tooFewRequests === 'rollback'
    ? at('stopped', last)
    : { outcome: 'unsure', green: until(last), says };
};

/** Whether figures of a release can be judged again: users met green, and it did not go back from something. */
export const isReplayable = (record: ReleaseRecord): boolean =>
  !goesBack(record) && judgedTargets(record).length > 0;

/**
 * Each release with what was known of starts when it came, the oldest first: learned from those before it among the
 * given ones, as it was at the time.
 */
export const inOrder = (
  pasts: readonly Past[],
): readonly (Past & { readonly profiles: Profiles })[] => {
  const known: Record<string, Record<string, KeptProfile | undefined>> = {};
  return [...pasts]
    .sort((a, b) => a.record.times.started.localeCompare(b.record.times.started))
    .map(({ record, evidence }) => {
      const profiles = known[record.pair] ?? {};
      if (teaches(record))
        known[record.pair] = {
          ...profiles,
          ...Object.fromEntries(
            judgedTargets(record).map((target) => [
              target.name,
              taught(profiles[target.name], record, target, evidence.targets[target.name]),
            ]),
          ),
        };
      return { record, evidence, profiles };
    });
};

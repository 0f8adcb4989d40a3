/** Judges releases of the past again, by the figures that are kept of them and any policy. */

import { type Assessment, assessedTogether, judgeTarget } from '../judge/assessment.ts';
import { casesOf } from '../judge/cases.ts';
import { judgedTargets } from '../judge/judging-window.ts';
import type { KeptFigures, TargetFigures } from '../judge/kept-figures.ts';
import type { KeptProfile } from '../judge/warm-up-profile.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { goesBack } from '../release/intent.ts';
import type { JudgeSettings } from '../release/judge-settings.ts';
import { seconds, toMilliseconds } from '../text/time.ts';
import { taught, teaches } from './lesson.ts';

/** A release of the past with its figures. */
export interface KeptRelease {
  readonly record: ReleaseRecord;
  readonly figures: KeptFigures;
}

/** What the judge makes of a release under a policy. */
export interface Replayed {
  /** `stopped`: rolled back · `told`: only said, as the policy wants · `unsure`: too few requests · `unjudged`: the policy reads no figures. */
  readonly outcome: 'stopped' | 'told' | 'unsure' | 'passed' | 'unjudged';
  /** Seconds from the first shift to the end of the figures that decided; undefined where nothing did. */
  readonly second?: number | undefined;
  /** Requests of green by then, in all targets; where nothing decided, all that are known. */
  readonly green: number;
  readonly says: readonly string[];
}

/** What was known of starts when a release came, by target. */
export type Profiles = Readonly<Record<string, KeptProfile | undefined>>;

const beginOf = ({ record, figures }: KeptRelease): number => {
  const firsts = Object.values(figures.targets).flatMap(({ first }) => first ?? []);
  return toMilliseconds(record.times.shifted ?? firsts.sort()[0] ?? record.times.started);
};

const firstOf = (past: KeptRelease, { first }: TargetFigures): number =>
  first === undefined ? beginOf(past) : toMilliseconds(first);

/** Ends of the periods of all targets with green's requests in them. */
const periodsOf = (past: KeptRelease) =>
  Object.values(past.figures.targets).flatMap((one) => {
    const { seconds: length = 0, rows = [] } = one.tally?.errors ?? {};
    return rows.map(([number = 0, green = 0]) => ({
      end: firstOf(past, one) + seconds((number + 1) * length),
      green,
    }));
  });

/** When the figures that decided were complete, in milliseconds since 1970: those of the target that was first. */
const decidedAt = (past: KeptRelease, assessments: readonly Assessment[]): number =>
  Math.min(
    ...assessments
      .filter(({ verdict }) => verdict === 'fail')
      .flatMap(({ reasons }) => reasons)
      .map(({ target = '', figures }) => {
        const one = past.figures.targets[target];
        return (one ? firstOf(past, one) : beginOf(past)) + seconds(figures?.second ?? 0);
      }),
  );

/** Judges a release as a policy wants it, with what was known of starts when it came. */
export const replayed = (
  past: KeptRelease,
  settings: JudgeSettings,
  profiles: Profiles,
): Replayed => {
  const { record, figures } = past;
  const periods = periodsOf(past);
  const until = (end: number) =>
    periods.reduce((sum, one) => sum + (one.end <= end ? one.green : 0), 0);
  const last = Math.max(beginOf(past), ...periods.map(({ end }) => end));
  if (settings.mode === 'off') return { outcome: 'unjudged', green: until(last), says: [] };

  const known = Object.fromEntries(
    Object.entries(profiles).map(([name, kept]) => [name, kept?.profile]),
  );
  const { cases, comparisons } = casesOf(record, figures, known);
  const assessments = cases.map((one) => judgeTarget(one, settings, comparisons));
  const { verdict, says } = assessedTogether(assessments, settings);
  const at = (outcome: Replayed['outcome'], end: number): Replayed => ({
    outcome,
    second: (end - beginOf(past)) / 1000,
    green: until(end),
    says,
  });
  if (assessments.some((one) => one.verdict === 'fail'))
    return at(settings.mode === 'tell' ? 'told' : 'stopped', decidedAt(past, assessments));
  if (verdict === 'pass') return { outcome: 'passed', green: until(last), says };
  return settings.tooFewRequests === 'rollback'
    ? at('stopped', last)
    : { outcome: 'unsure', green: until(last), says };
};

/** Whether figures of a release can be judged again: users met green, and it did not roll back from something. */
export const isReplayable = (record: ReleaseRecord): boolean =>
  !goesBack(record) && judgedTargets(record).length > 0;

/**
 * Each release with what was known of starts when it came, the oldest first: learned from those before it among the
 * given ones, as it was at the time.
 */
export const inOrder = (
  pasts: readonly KeptRelease[],
): readonly (KeptRelease & { readonly profiles: Profiles })[] => {
  const known: Record<string, Record<string, KeptProfile | undefined>> = {};
  return [...pasts]
    .sort((a, b) => a.record.times.started.localeCompare(b.record.times.started))
    .map(({ record, figures }) => {
      const profiles = known[record.pair] ?? {};
      if (teaches(record))
        known[record.pair] = {
          ...profiles,
          ...Object.fromEntries(
            judgedTargets(record).map((target) => [
              target.name,
              taught(profiles[target.name], record, target, figures.targets[target.name]),
            ]),
          ),
        };
      return { record, figures, profiles };
    });
};

/** What there is to judge in a release: a case for each target whose users may meet green. */
import type { Tally } from '../analysis/tally.ts';
import type { Profile } from '../analysis/warm-up.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { type Case, comparisonsIn } from './assessment.ts';
import { judgedTargets } from './judging-window.ts';
import { figuresOf, type KeptFigures, type TargetFigures } from './kept-figures.ts';
import { PERIOD } from './measures.ts';
import { pairedMarks } from './slow-thresholds.ts';

/** The tally before anything was counted. */
const NOTHING: Tally = { errors: { seconds: PERIOD, rows: [] } };

/** The case of each target, by what is known of it, and how many comparisons they have in all. */
export const casesOf = (
  record: ReleaseRecord,
  kept: KeptFigures,
  profiles: Readonly<Record<string, Profile | undefined>>,
): { readonly cases: readonly Case[]; readonly comparisons: number } => {
  const cases = judgedTargets(record).map(({ name, registration: { metrics } }): Case => {
    // Before a whole minute is over nothing is read at all.
    const found: Partial<TargetFigures> = figuresOf(kept, name) ?? { early: true };
    const { tally = NOTHING, early = false, marks = [], greenMarks } = found;
    const about = { target: name, metrics, profile: profiles[name] };
    return { ...about, tally, marks: pairedMarks({ marks, greenMarks }), early };
  });
  return {
    cases,
    comparisons: cases.reduce((sum, { metrics }) => sum + comparisonsIn(metrics), 0),
  };
};

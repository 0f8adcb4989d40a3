/** Which releases teach how their targets start, and what is known of a start after one of them. */

import { judgeTarget } from '../judge/assessment.ts';
import type { TargetFigures } from '../judge/kept-figures.ts';
import { pairedMarks } from '../judge/slow-thresholds.ts';
import { type KeptProfile, withLesson } from '../judge/warm-up-profile.ts';
import type { ReleaseRecord, TargetRecord } from '../record/record.ts';
import { fateAtEnd } from '../release/fate.ts';
import { goesBack } from '../release/intent.ts';

/** Whether a release that ended teaches: it was an ordinary one, and users have stayed on it. */
export const teaches = (record: ReleaseRecord): boolean =>
  !goesBack(record) && fateAtEnd(record) === 'stayed';

/**
 * What is kept of a target's start after a release that teaches. One that the judge would have rolled back, and a policy
 * that only tells has not, teaches nothing: what is bad must not become what is usual.
 */
export const taught = (
  kept: KeptProfile | undefined,
  { release, policy }: Pick<ReleaseRecord, 'release' | 'policy'>,
  { name, registration }: Pick<TargetRecord, 'name' | 'registration'>,
  figures: TargetFigures | undefined,
): KeptProfile | undefined => {
  if (!figures?.tally) return kept;
  const { tally } = figures;
  const marks = pairedMarks(figures);
  const { metrics } = registration;
  const known = { target: name, tally, marks, metrics, profile: kept?.profile };
  const isWorse = judgeTarget(known, policy.judgement, 1).verdict === 'fail';
  return isWorse ? kept : withLesson(kept, release, tally);
};

import { assessedTogether, judgeTarget } from '../../core/judge/assessment.ts';
import { said } from '../../core/judge/judged-by.ts';
import { pairedMarks } from '../../core/judge/slow-thresholds.ts';
import type { Vote } from '../../core/record/vote.ts';
import { AnalyzeMetrics, type Given } from '../../core/steps/analyze-metrics.ts';
import { step } from '../function/step.ts';
import { readOwned } from '../releases/owned.ts';
import { voteOfJudge } from '../votes/judge.ts';

/** Judges a release of the past by its figures, as it would be judged today. */
const judgeGiven = ({ tally, profile, policy, ...kept }: Given): Vote =>
  said(
    assessedTogether(
      [
        judgeTarget(
          { target: 'given', tally, marks: pairedMarks(kept), metrics: [], profile },
          policy,
          1,
        ),
      ],
      policy,
    ),
  );

/** The vote of the judge, for figures that are given, and for an execution of an earlier machine: `observe` judges itself. */
export const handler = step(AnalyzeMetrics, async ({ now, given, ...about }) =>
  given ? judgeGiven(given) : voteOfJudge(await readOwned(about), now, { anew: false }),
);

import * as z from 'zod/mini';
import { Tally } from '../analysis/tally.ts';
import { Profile } from '../analysis/warm-up.ts';
import { ABOUT } from '../record/about.ts';
import { Vote } from '../record/vote.ts';
import { JudgeSettings } from '../release/judge-settings.ts';

/** Figures that are given instead of read: of a release of the past that is judged again. */
export const Given = z.strictObject({
  tally: Tally,
  /** Milliseconds above which an answer of blue counts as slow, the lowest first. */
  marks: z._default(z.array(z.number()), []),
  /** The same of green; left out where they are those of blue. */
  greenMarks: z.optional(z.array(z.number())),
  profile: z.optional(Profile),
  policy: z._default(JudgeSettings, () => JudgeSettings.parse({})),
});
export type Given = z.infer<typeof Given>;

/** AnalyzeMetrics, a step of earlier machines and of `backtest`: whether green is worse than blue for those who meet it. */
export const AnalyzeMetrics = {
  input: z.strictObject({ ...ABOUT, given: z.optional(Given) }),
  output: Vote,
};

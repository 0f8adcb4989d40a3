/** The settings of the judge: how a pair's releases are judged by the metrics of both versions. */
import * as z from 'zod/mini';
import { DEFAULT_PARAMETERS } from '../analysis/default-parameters.ts';
import type { JudgeParameters } from '../analysis/judge.ts';

/** Every member has a default that needs no thought. */
export const JudgeSettings = z.strictObject({
  mode: z
    ._default(z.enum(['act', 'tell', 'off']), 'act')
    .check(
      z.describe(
        '`act`: Tandem rolls back a green that is worse than blue · `tell`: Tandem only reports it · `off`: Tandem does not compare.',
      ),
    ),
  falseAborts: z
    ._default(z.number().check(z.minimum(0.000001), z.maximum(0.05)), 0.001)
    .check(
      z.describe(
        'Highest probability with which a release that is not worse is rolled back. Half of it costs about a tenth more requests.',
      ),
    ),
  margin: z
    ._default(z.number().check(z.minimum(1), z.maximum(10)), DEFAULT_PARAMETERS.prior.margin)
    .check(
      z.describe(
        'By how many times the odds of failing, and of being slow, may rise before it counts as worse.',
      ),
    ),
  slowerBy: z
    ._default(z.number().check(z.minimum(0), z.maximum(60_000)), 50)
    .check(
      z.describe(
        "Milliseconds by which green's answers must take longer than blue's before it counts as worse. Latency counts only where it is worse by this and by `slowerByPercent`.",
      ),
    ),
  slowerByPercent: z
    ._default(z.number().check(z.minimum(0), z.maximum(1000)), 25)
    .check(
      z.describe(
        "Percent of blue's latency by which green's answers must take longer before it counts as worse.",
      ),
    ),
  warmUpSeconds: z
    ._default(z.int().check(z.minimum(0), z.maximum(600)), 60)
    .check(
      z.describe(
        'Seconds in which a green that is slow at first is given time: until then only what would be catastrophic counts.',
      ),
    ),
  smallestRise: z
    ._default(z.number().check(z.minimum(0.1), z.maximum(50)), 2)
    .check(
      z.describe(
        'The smallest rise of the share of failed requests that must not go unseen, in percent of all requests.',
      ),
    ),
  tooFewRequests: z
    ._default(z.enum(['proceed', 'extend', 'ask', 'rollback']), 'proceed')
    .check(
      z.describe(
        'What happens at the end of the bake when green had too few requests beside blue to see such a rise. `extend` bakes on until green has had as many alone, `ask` until a person promotes; both roll back when its hold is nearly over.',
      ),
    ),
  unusual: z
    ._default(z.enum(['tell', 'extend', 'ask']), 'tell')
    .check(
      z.describe(
        'What happens when a target behaves otherwise than ever in the twelve hours before: its requests, errors or latency, whichever version users meet. `tell` only reports it; `extend` bakes on until it was usual for as long as the bake is, `ask` until a person promotes; both roll back when its hold is nearly over.',
      ),
    ),
});
export type JudgeSettings = z.infer<typeof JudgeSettings>;

/** The parameters of one of this many comparisons of a release: together they keep the bound of the settings. */
export const parametersOf = (settings: JudgeSettings, comparisons = 1): JudgeParameters => ({
  ...DEFAULT_PARAMETERS,
  falseAborts: settings.falseAborts / comparisons,
  prior: {
    ...DEFAULT_PARAMETERS.prior,
    margin: settings.margin,
    // What is within the margin is no defect: alternatives stand as far above it as they do by default.
    odds: DEFAULT_PARAMETERS.prior.odds.map(
      (odds) => (odds * settings.margin) / DEFAULT_PARAMETERS.prior.margin,
    ),
    warmAfter: settings.warmUpSeconds,
  },
});

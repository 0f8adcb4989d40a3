/** What a pair says of how its releases are judged by what users meet. */
import * as z from 'zod/mini';
import { DEFAULT_JUDGEMENT } from '../analysis/default-judgement.ts';
import type { Judgement } from '../analysis/judge.ts';

/** Every member has a default that needs no thought. */
export const JudgementPolicy = z.strictObject({
  /** `act`: a green that is worse than blue is taken back · `tell`: it is only said · `off`: nobody compares. */
  mode: z._default(z.enum(['act', 'tell', 'off']), 'act'),
  /** Highest probability with which a release that is not worse is taken back. Half of it costs about a tenth more requests. */
  falseAborts: z._default(z.number().check(z.minimum(0.000001), z.maximum(0.05)), 0.001),
  /** By how many times the odds of failing, and of being slow, may rise before it counts as worse. */
  margin: z._default(z.number().check(z.minimum(1), z.maximum(10)), DEFAULT_JUDGEMENT.prior.margin),
  /** Milliseconds by which green's answers must take longer than blue's before it counts as worse. Latency counts only where it is worse by this and by `slowerByPercent`. */
  slowerBy: z._default(z.number().check(z.minimum(0), z.maximum(60_000)), 50),
  /** Percent of blue's latency by which green's answers must take longer before it counts as worse. */
  slowerByPercent: z._default(z.number().check(z.minimum(0), z.maximum(1000)), 25),
  /** Seconds in which a green that is slow at first is given time: until then only what would be catastrophic counts. */
  warmUpSeconds: z._default(z.int().check(z.minimum(0), z.maximum(600)), 60),
  /** The smallest rise of the share of failed requests that must not go unseen, in percent of all requests. */
  smallestRise: z._default(z.number().check(z.minimum(0.1), z.maximum(50)), 2),
  /** What happens at the end of the bake when green had too few requests beside blue to see such a rise. `extend` bakes on until green has had as many alone, `ask` until a person promotes; both go back when CodeDeploy's hour is nearly over. */
  tooFewRequests: z._default(z.enum(['proceed', 'extend', 'ask', 'rollback']), 'proceed'),
  /** What happens when a half goes otherwise than ever in the twelve hours before: its requests, errors or latency, whichever version users meet. `tell` only says it; `extend` bakes on until it was usual for as long as the bake is, `ask` until a person promotes; both go back when CodeDeploy's hour is nearly over. */
  unusual: z._default(z.enum(['tell', 'extend', 'ask']), 'tell'),
});
export type JudgementPolicy = z.infer<typeof JudgementPolicy>;

/** The judge's settings under a policy, for one of so many things that it judges in a release: together they keep the bound. */
export const judgementOf = (policy: JudgementPolicy, judged = 1): Judgement => ({
  ...DEFAULT_JUDGEMENT,
  falseAborts: policy.falseAborts / judged,
  prior: {
    ...DEFAULT_JUDGEMENT.prior,
    margin: policy.margin,
    // What is within the margin is no defect: alternatives stand as far above it as they do by default.
    odds: DEFAULT_JUDGEMENT.prior.odds.map(
      (odds) => (odds * policy.margin) / DEFAULT_JUDGEMENT.prior.margin,
    ),
    warmAfter: policy.warmUpSeconds,
  },
});

import * as z from 'zod/mini';
import '../text/schema.ts';
import { distinct, Reason } from './reason.ts';

/** What a check says. `inconclusive` is never an action: policy says what it means. */
export const Verdict = z.strictObject({
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  reasons: z.array(Reason),
});
export type Verdict = z.infer<typeof Verdict>;

/** Nothing speaks against it. */
export const pass: Verdict = { verdict: 'pass', reasons: [] };

/** Something speaks against it. */
export const fail = (...reasons: readonly Reason[]): Verdict => ({
  verdict: 'fail',
  reasons: [...reasons],
});

/** Too little is known to say either. */
export const inconclusive = (...reasons: readonly Reason[]): Verdict => ({
  verdict: 'inconclusive',
  reasons: [...reasons],
});

const GRAVITY = { pass: 0, inconclusive: 1, fail: 2 } as const;

/** Folds many verdicts into the gravest, with every distinct reason of that gravity or above `pass`. */
export const worst = (verdicts: readonly Verdict[]): Verdict => {
  const gravest = verdicts.reduce<Verdict['verdict']>(
    (found, { verdict }) => (GRAVITY[verdict] > GRAVITY[found] ? verdict : found),
    'pass',
  );
  const reasons = verdicts
    .filter(({ verdict }) => verdict === gravest)
    .flatMap(({ reasons }) => reasons);
  return { verdict: gravest, reasons: distinct(reasons) };
};

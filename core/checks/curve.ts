import { configurationOf } from '../drivers/curves.ts';
import type { Target } from '../drivers/target.ts';
import { type Curve, describeCurve } from '../release/curve.ts';
import { reason } from '../release/reason.ts';
import { fail, pass, type Verdict } from '../release/verdict.ts';

/** Custom configurations that a curve needs, by target; none where AWS predefines them. */
export const customConfigurations = (
  curve: Curve,
  targets: readonly Pick<Target, 'driver'>[],
): readonly string[] =>
  [...new Set(targets.map(({ driver }) => driver))]
    .map((driver) => configurationOf(driver, curve))
    .filter(({ predefined }) => !predefined)
    .map(({ name }) => name);

/** Whether every side has a configuration for the curve: predefined, or a custom one that exists. */
export const checkCurve = (
  curve: Curve,
  targets: readonly Target[],
  existing: readonly string[],
): Verdict => {
  const lacking = customConfigurations(curve, targets).filter((name) => !existing.includes(name));
  if (lacking.length === 0) return pass;
  return fail(
    reason(
      'no-such-curve',
      `The curve "${describeCurve(curve)}" is not predefined for both targets; create the deployment configuration ${lacking.join(' and ')} or take all at once, canary 10 % for 5 or 15 minutes, linear 10 % every 1 or 3 minutes`,
    ),
  );
};

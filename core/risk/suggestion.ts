/** What a risky release could do to show less to fewer users. */
import { type Curve, describeCurve } from '../release/curve.ts';
import { calmerCurve } from './curve-advice.ts';

/** The curve and the bake that a release was started with. */
export interface ShiftPlan {
  readonly curve: Curve;
  readonly bakeMinutes: number;
}

/** From this probability on something slower is suggested, and from that one a longer bake as well. */
const HIGH = 0.2;
const VERY_HIGH = 0.4;

/** A bake that is called long, and the longest that a hold has room for. */
const LONG_BAKE = 15;
const LONGEST_BAKE = 40;

const longer = ({ bakeMinutes }: ShiftPlan): number | undefined => {
  const minutes = Math.min(LONGEST_BAKE, Math.max(LONG_BAKE, 2 * bakeMinutes));
  return minutes > bakeMinutes ? minutes : undefined;
};

/** A slower curve, a longer bake, or both; undefined where the risk is not high, or nothing slower is left. */
export const suggestionFor = (probability: number, plan: ShiftPlan) => {
  if (probability < HIGH) return undefined;
  const curve = calmerCurve(plan.curve);
  const bakeMinutes = curve === undefined || probability >= VERY_HIGH ? longer(plan) : undefined;
  const texts = [
    ...(curve
      ? [`a slower curve (${describeCurve(curve)}; now ${describeCurve(plan.curve)})`]
      : []),
    ...(bakeMinutes === undefined
      ? []
      : [`a longer bake (${bakeMinutes} minutes; now ${plan.bakeMinutes})`]),
  ];
  if (texts.length === 0) return undefined;
  return {
    ...(curve ? { curve } : {}),
    ...(bakeMinutes === undefined ? {} : { bakeMinutes }),
    text: `Consider ${texts.join(' and ')}.`,
  };
};

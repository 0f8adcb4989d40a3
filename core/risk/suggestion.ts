/** What a risky release could do to show less to fewer users. */
import { type Curve, describeCurve, minutesToShift } from '../release/curve.ts';

/** How a release goes as it was started. */
export interface Course {
  readonly curve: Curve;
  readonly bakeMinutes: number;
}

/** From this probability on something slower is suggested, and from that one a longer bake as well. */
const HIGH = 0.2;
const VERY_HIGH = 0.4;

/** Slower curves that AWS predefines for services and for functions, the quickest first. */
export const SLOWER: readonly Curve[] = [
  { type: 'canary', percent: 10, minutes: 15 },
  { type: 'linear', percent: 10, minutes: 3 },
];

/** A bake that is called long, and the longest that CodeDeploy's hour has room for. */
const LONG_BAKE = 15;
const LONGEST_BAKE = 40;

const slower = ({ curve }: Course): Curve | undefined =>
  SLOWER.find((one) => minutesToShift(one) > minutesToShift(curve));

const longer = ({ bakeMinutes }: Course): number | undefined => {
  const minutes = Math.min(LONGEST_BAKE, Math.max(LONG_BAKE, 2 * bakeMinutes));
  return minutes > bakeMinutes ? minutes : undefined;
};

/** A slower curve, a longer bake, or both; undefined where the risk is not high, or nothing slower is left. */
export const suggestionFor = (probability: number, course: Course) => {
  if (probability < HIGH) return undefined;
  const curve = slower(course);
  const bakeMinutes = curve === undefined || probability >= VERY_HIGH ? longer(course) : undefined;
  const texts = [
    ...(curve
      ? [`a slower curve (${describeCurve(curve)}; now ${describeCurve(course.curve)})`]
      : []),
    ...(bakeMinutes === undefined
      ? []
      : [`a longer bake (${bakeMinutes} minutes; now ${course.bakeMinutes})`]),
  ];
  if (texts.length === 0) return undefined;
  return {
    ...(curve ? { curve } : {}),
    ...(bakeMinutes === undefined ? {} : { bakeMinutes }),
    text: `Consider ${texts.join(' and ')}.`,
  };
};

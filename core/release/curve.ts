import * as z from 'zod/mini';
import '../text/schema.ts';
import type { TargetKind } from './target.ts';

/** How traffic moves to green: all at once, one step and the rest, or equal steps. */
export const Curve = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all-at-once').check(z.describe('How traffic moves.')) }),
  z.strictObject({
    type: z.literal('canary').check(z.describe('How traffic moves.')),
    percent: z
      .int()
      .check(z.minimum(1), z.maximum(99))
      .check(z.describe('Percent of traffic that green gets first.')),
    minutes: z
      .int()
      .check(z.minimum(1), z.maximum(2880))
      .check(z.describe('Minutes until green gets the rest.')),
  }),
  z.strictObject({
    type: z.literal('linear').check(z.describe('How traffic moves.')),
    percent: z
      .int()
      .check(z.minimum(1), z.maximum(99))
      .check(z.describe('Percent of traffic that each step moves to green.')),
    minutes: z
      .int()
      .check(z.minimum(1), z.maximum(2880))
      .check(z.describe('Minutes from one step to the next.')),
  }),
]);
export type Curve = z.infer<typeof Curve>;

/** Predefined configurations by curve; names as in CodeDeploy's user guide (ECS says Minutes, Lambda Minute). */
const PREDEFINED: Readonly<Record<TargetKind, Readonly<Record<string, string>>>> = {
  ecs: {
    'all-at-once': 'CodeDeployDefault.ECSAllAtOnce',
    'canary 10 5': 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    'canary 10 15': 'CodeDeployDefault.ECSCanary10Percent15Minutes',
    'linear 10 1': 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
    'linear 10 3': 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes',
  },
  lambda: {
    'all-at-once': 'CodeDeployDefault.LambdaAllAtOnce',
    'canary 10 5': 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    'canary 10 10': 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
    'canary 10 15': 'CodeDeployDefault.LambdaCanary10Percent15Minutes',
    'canary 10 30': 'CodeDeployDefault.LambdaCanary10Percent30Minutes',
    'linear 10 1': 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
    'linear 10 2': 'CodeDeployDefault.LambdaLinear10PercentEvery2Minutes',
    'linear 10 3': 'CodeDeployDefault.LambdaLinear10PercentEvery3Minutes',
    'linear 10 10': 'CodeDeployDefault.LambdaLinear10PercentEvery10Minutes',
  },
};

const key = (curve: Curve) =>
  curve.type === 'all-at-once' ? curve.type : `${curve.type} ${curve.percent} ${curve.minutes}`;

/** Curves that CodeDeploy predefines for each of these kinds, the quickest first; not all at once, which compares nothing. */
export const predefinedCurves = (kinds: readonly TargetKind[]): readonly Curve[] =>
  Object.keys({ ...PREDEFINED.ecs, ...PREDEFINED.lambda })
    .filter((name) => kinds.every((kind) => name in PREDEFINED[kind]))
    .flatMap((name): Curve[] => {
      const [type, percent, minutes] = name.split(' ');
      return type === 'canary' || type === 'linear'
        ? [{ type, percent: Number(percent), minutes: Number(minutes) }]
        : [];
    })
    .sort((a, b) => minutesToShift(a) - minutesToShift(b));

/** Name of the custom configuration that a pair may bring for a curve which AWS does not predefine. */
const customConfiguration = (kind: TargetKind, curve: Curve): string =>
  `Tandem.${kind}.${key(curve).replaceAll(' ', '-')}`;

/**
 * The CodeDeploy configuration of one side. Where AWS predefines none, the custom one's name is returned and
 * `predefined` is false: it must exist on both sides.
 */
export const configurationOf = (
  kind: TargetKind,
  curve: Curve,
): { readonly name: string; readonly predefined: boolean } => {
  const name = PREDEFINED[kind][key(curve)];
  return name
    ? { name, predefined: true }
    : { name: customConfiguration(kind, curve), predefined: false };
};

/** Minutes from the first shift to all traffic on green; the first step is immediate. */
export const minutesToShift = (curve: Curve): number => {
  if (curve.type === 'all-at-once') return 0;
  if (curve.type === 'canary') return curve.minutes;
  return (Math.ceil(100 / curve.percent) - 1) * curve.minutes;
};

/** Shares of traffic on green while blue has users as well, each with the minutes that it lasts. */
export const sharesOf = (
  curve: Curve,
): readonly { readonly share: number; readonly minutes: number }[] => {
  if (curve.type === 'all-at-once') return [];
  const { type, percent, minutes } = curve;
  const steps = type === 'canary' ? 1 : Math.ceil(100 / percent) - 1;
  return Array.from({ length: steps }, (_, step) => ({
    share: ((step + 1) * percent) / 100,
    minutes,
  }));
};

/** The steps of a curve: `10 % for 5 minutes`, `10 % every minute`. */
const stepText = ({ type, percent, minutes }: Exclude<Curve, { type: 'all-at-once' }>): string =>
  type === 'canary'
    ? `${percent} % for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`
    : `${percent} % every ${minutes === 1 ? 'minute' : `${minutes} minutes`}`;

/** The name of a curve among others: `canary 10 % for 5 minutes`, `linear 10 % every minute`. */
export const nameCurve = (curve: Curve): string =>
  curve.type === 'all-at-once' ? 'all at once' : `${curve.type} ${stepText(curve)}`;

/** The curve in words: `10 % for 5 minutes, then all`. */
export const describeCurve = (curve: Curve): string => {
  if (curve.type === 'all-at-once') return 'all at once';
  return curve.type === 'canary' ? `${stepText(curve)}, then all` : stepText(curve);
};

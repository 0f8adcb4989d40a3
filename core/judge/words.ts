/** What the judge found, in words and numbers for people. */
import type { Comparison, Sums } from '../analysis/judge.ts';
import type { Profile } from '../analysis/warm-up.ts';
import { nameCurve } from '../release/curve.ts';
import type { CustomMetric } from '../release/custom-metric.ts';
import type { Advice } from '../risk/curve-advice.ts';
import type { Mark } from './slow-thresholds.ts';

const count = (number: number): string => Math.round(number).toLocaleString('en-US');

/** A share in percent, to two digits that mean something. */
const percent = (share: number): string => {
  const value = 100 * share;
  if (value === 0) return '0 %';
  return value >= 9.95 ? `${Math.round(value)} %` : `${Number(value.toPrecision(2))} %`;
};

const share = (failures: number, requests: number): string =>
  percent(requests === 0 ? 0 : failures / requests);

const milliseconds = (value: number): string =>
  `${value >= 9.95 ? count(value) : Number(value.toPrecision(2))} ms`;

/** What is said of smaller chances than this is no use to anybody. */
const RAREST = 1_000_000;

/** Down to two digits. */
const roundedDown = (value: number): number => {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.floor(value / unit) * unit;
};

/** How often such evidence comes without a difference, by Ville's inequality: a bound, so rounded down to what people can read. */
const chance = (logEvidence: number): string => {
  const rarity = Math.min(RAREST, Math.exp(Math.min(logEvidence, Math.log(RAREST))));
  return `chance of this without a real difference below 1 in ${count(roundedDown(rarity + 1e-6))}`;
};

const failing = (
  { green, blue, greenFailures, blueFailures }: Sums,
  when = 'in the same minutes',
): string =>
  `green fails ${share(greenFailures, green)} of ${count(green)} requests, blue ${share(blueFailures, blue)} of ${count(blue)} ${when}`;

const slower = ({ green, blue, greenFailures, blueFailures }: Sums, mark: Mark): string =>
  mark.green === mark.blue
    ? `${share(greenFailures, green)} of green's ${count(green)} answers took longer than ${milliseconds(mark.green)}, of blue's ${count(blue)} in the same minutes ${share(blueFailures, blue)}`
    : `${share(greenFailures, green)} of green's ${count(green)} answers took longer than ${milliseconds(mark.green)}; only ${share(blueFailures, blue)} of blue's ${count(blue)} in the same minutes took longer than even ${milliseconds(mark.blue)}`;

/** The mark of figures that were given without one. */
const UNKNOWN: Mark = { blue: Number.NaN, green: Number.NaN };

/** Why green is worse. */
export const worseText = (
  comparison: Comparison,
  marks: readonly Mark[],
  catastrophic: number,
): string => {
  const { mostly, mark, errors, all, slow, logEvidence } = comparison;
  if (mostly === 'catastrophe')
    return `${failing(all, 'while it had users')}: more than ${percent(catastrophic)} is too much for any start; ${chance(logEvidence)}`;
  const found = mostly === 'slow' ? slower(slow[mark]!, marks[mark] ?? UNKNOWN) : failing(errors);
  return `${found}; ${chance(logEvidence)}`;
};

/** Evidence from which on it is told that there is some. */
const SOME = Math.log(20);

/** What is seen while too little speaks against green. */
export const fineText = ({ errors, isWarming, logEvidence }: Comparison): string =>
  `${failing(errors)}: ${logEvidence > SOME ? 'too little to say that green is worse' : 'no sign that green is worse'}${isWarming ? ' (still slow, as after a cold start)' : ''}`;

/** What is added where a learned start was taken into account. */
export const startText = ({ releases }: Profile): string =>
  `; its start counts by what ${releases} good releases had`;

/** Requests above which nobody needs to know how many. */
const MANY = 100_000;

/** A number of requests as people can use it: two digits, and none of what is beyond reach. */
const roughly = (requests: number): string => {
  const rounded = Number(Math.max(1, requests).toPrecision(2));
  return rounded > MANY ? `more than ${count(MANY)}` : `about ${count(rounded)}`;
};

/** The curve that would have been better. */
export const adviceText = (advice: Advice): string => {
  if (advice.say === 'never') return 'at this traffic no shift within a day is long enough';
  const { curve, green } = advice.pace;
  if (advice.say === 'quicker')
    return `${nameCurve(curve)} would have been enough (${roughly(green)} requests of green)`;
  const own = advice.say === 'own' ? ', a configuration of your own,' : '';
  return `at this traffic ${nameCurve(curve)}${own} would give green ${roughly(green)}`;
};

const points = (rise: number): string => `${rise} point${rise === 1 ? '' : 's'}`;

/** Requests that are missing until such a rise would be seen, and a curve that would give them. Where none would, only that. */
export const missingText = (
  { errors: { green, blue } }: Pick<Comparison, 'errors'>,
  { wanted, rise }: { readonly wanted: number; readonly rise: number },
  advice: Advice | undefined,
): string => {
  if (blue === 0) return 'blue had no requests in the same minutes';
  if (!Number.isFinite(wanted))
    return `a rise of ${points(rise)} is within \`judgement.margin\`, so more requests would not show it`;
  if (advice?.say === 'never') return adviceText(advice);
  const missing = `${roughly(wanted - green)} more would show a rise of ${points(rise)}`;
  return advice ? `${missing}; ${adviceText(advice)}` : missing;
};

const beside = ({ green, blue }: Sums): string =>
  `green ${count(green)} requests, blue ${count(blue)}`;

/** What is said of a green that had too few requests beside blue, and enough without it. */
export const aloneText = ({ errors, all }: Comparison): string =>
  `not enough traffic to compare: ${beside(errors)}; green had ${count(all.green - errors.green)} more alone`;

/** What is said of a green that had too few requests. */
export const tooFewText = ({ errors }: Pick<Comparison, 'errors'>): string =>
  `not enough traffic: ${beside(errors)}`;

/** What is said of a metric of the pair's own. */
export const customText = (
  { name, worse, above }: CustomMetric,
  { green, blue, greenFailures, blueFailures }: Sums,
  logEvidence: number | undefined,
): string => {
  const events = (failures: number, all: number) => (worse === 'more' ? failures : all - failures);
  const what = above === undefined ? name : `${name} above ${above}`;
  const seen = `${what}: ${share(events(greenFailures, green), green)} of green's ${count(green)}, ${share(events(blueFailures, blue), blue)} of blue's ${count(blue)}`;
  return logEvidence === undefined ? seen : `${seen}; ${chance(logEvidence)}`;
};

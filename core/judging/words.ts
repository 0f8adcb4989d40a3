/** What the judge found, in words and numbers for people. */
import type { Judged, Sums } from '../analysis/judge.ts';
import type { Profile } from '../analysis/warm-up.ts';
import { nameCurve } from '../curve.ts';
import type { CustomMetric } from './custom-metric.ts';
import type { Advice } from './pace.ts';

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

const slower = ({ green, blue, greenFailures, blueFailures }: Sums, mark: number): string =>
  `${share(greenFailures, green)} of green's ${count(green)} answers took longer than ${milliseconds(mark)}, of blue's ${count(blue)} in the same minutes ${share(blueFailures, blue)}`;

/** Why green is worse. `marks` are in milliseconds, the lowest first. */
export const worseText = (
  judged: Judged,
  marks: readonly number[],
  catastrophic: number,
): string => {
  const { mostly, mark, errors, all, slow, logEvidence } = judged;
  if (mostly === 'catastrophe')
    return `${failing(all, 'while it had users')}: more than ${percent(catastrophic)} is too much for any start; ${chance(logEvidence)}`;
  const found =
    mostly === 'slow' ? slower(slow[mark]!, marks[mark] ?? Number.NaN) : failing(errors);
  return `${found}; ${chance(logEvidence)}`;
};

/** Evidence from which on it is told that there is some. */
const SOME = Math.log(20);

/** What is seen while too little speaks against green. */
export const fineText = ({ errors, isWarming, logEvidence }: Judged): string =>
  `${failing(errors)}: ${logEvidence > SOME ? 'that is too little to say that it is worse' : 'nothing says that it is worse'}${isWarming ? ', though it is slow so far, as after a cold start' : ''}`;

/** What is added where a learned start was taken into account. */
export const startText = ({ releases }: Profile): string =>
  `; its start counts by what ${releases} good releases had`;

/** What is added about the curve that would have been better. */
export const adviceText = (advice: Advice): string => {
  if (advice.say === 'never') return '; at this traffic no shift of a day would give it enough';
  const { curve, green } = advice.pace;
  const about = count(Number(green.toPrecision(2)));
  if (advice.say === 'quicker')
    return `; ${nameCurve(curve)} would have been enough (about ${about})`;
  const own = advice.say === 'own' ? ', a configuration of your own,' : '';
  return `; at this traffic ${nameCurve(curve)}${own} would give it about ${about}`;
};

/** What is said of a green that had too few requests beside blue, and enough without it. */
export const aloneText = ({ errors: { green, blue }, all }: Judged): string =>
  `green had ${count(green)} requests beside ${count(blue)} of blue, too few to compare; ${count(all.green - green)} more since then, alone`;

/** How much is still missing until a rise of so many percent would be seen. */
export const tooFewText = (
  { errors: { green, blue } }: Pick<Judged, 'errors'>,
  needed: number,
  rise: number,
): string => {
  const seen = `green had ${count(green)} requests beside ${count(blue)} of blue`;
  const aim = `that ${rise} % more of them fail`;
  return Number.isFinite(needed)
    ? `${seen}: about ${count(Math.max(1, needed - green))} more are needed to see ${aim}`
    : `${seen}: ${blue === 0 ? 'nobody can compare them' : `no number of them shows ${aim}, since that is within the margin`}`;
};

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

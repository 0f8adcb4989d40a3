/** Evidence that may be looked at any time: e-processes for failures of green beside those of blue. */
import { type Counts, logLikelihoodRatios } from '../statistics/hypergeometric.ts';

/** What both sides met in the same time, failures being errors, or requests slower than a mark. */
export interface Step extends Counts {
  /** Seconds from green's first request to the end of this step. */
  readonly end: number;
  /** Failures of green among all of them. */
  readonly greenFailures: number;
}

/** How evidence is spread, before anything is seen, over how bad green may be and since when. */
export interface Prior {
  /** Odds ratio that nobody minds: the practical margin. */
  readonly margin: number;
  /** Odds ratios that would be bad; each has the same share. */
  readonly odds: readonly number[];
  /** Share of defects that show from the first request on. */
  readonly atOnce: number;
  /** Share of those that show once green is warm. */
  readonly onceWarm: number;
  /** Seconds until green is warm. */
  readonly warmAfter: number;
  /** Seconds between the moments at which all others may begin. */
  readonly onsetEvery: number;
}

/** Evidence after a step, as natural logarithms. */
export interface Evidence {
  readonly end: number;
  /** For a defect of any time. */
  readonly any: number;
  /** The part of it that is for defects which show when green is warm, or later. */
  readonly warm: number;
}

/** How many times its usual odds ratio a target has so many seconds after its start, learned from its past; 1 is none. */
export type WarmUp = (seconds: number) => number;

/** Nothing is known of any warm-up. */
const NO_WARM_UP: WarmUp = () => 1;

/** ln(e^a + e^b). */
const logAdd = (a: number, b: number): number => {
  const [high, low] = a > b ? [a, b] : [b, a];
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
};

/** ln of a sum of exponentials. */
export const logSum = (logs: readonly number[]): number => logs.reduce(logAdd, -Infinity);

/** Share of the j-th later moment, j = 1, 2, …: they add up to 1, and those from j on to 1 / j. */
const momentShare = (j: number): number => 1 / (j * (j + 1));

/**
 * Takes steps in the order of time and gives the evidence after each. While the odds of green failing are at most
 * `margin` times those of blue, the mean of `any` never exceeds 1, whatever shares of failures and traffic do
 * meanwhile: it is above 1/α with a probability of at most α, however often one looks (Ville's inequality); `warm` is a
 * part of it. For each step the likelihood ratio given all its failures, multiplied over the steps since a defect may
 * have begun, mixed over beginnings and odds. With a learned warm-up, margin and odds are raised by it, and the bound
 * is only as good as what was learned.
 */
export const openEvidence = (
  prior: Prior,
  warmUp: WarmUp = NO_WARM_UP,
): ((step: Step) => Evidence) => {
  const { margin, odds, atOnce, onceWarm, warmAfter, onsetEvery } = prior;
  const later = 1 - atOnce - onceWarm;
  const share = -Math.log(odds.length);
  const firstWarm = Math.max(1, Math.ceil(warmAfter / onsetEvery));
  // Of each odds ratio: ln of its likelihood ratio since the first step, and of the sum of share / ratio over beginnings.
  const ratios = odds.map(() => 0);
  const early = odds.map(() => Math.log(atOnce));
  const late = odds.map(() => -Infinity);
  const begin = (sums: number[], weight: number) => {
    for (const [i, ratio] of ratios.entries()) sums[i] = logAdd(sums[i]!, Math.log(weight) - ratio);
  };
  const mixed = (sums: readonly number[]) =>
    share + logSum(ratios.map((ratio, i) => ratio + sums[i]!));
  let isWarm = false;
  let moment = 1;
  let before = 0;
  return (step) => {
    if (!isWarm && before >= warmAfter) {
      isWarm = true;
      begin(late, onceWarm);
    }
    for (; moment * onsetEvery <= before; moment += 1)
      begin(moment < firstWarm ? early : late, later * momentShare(moment));
    const raised = Math.max(1, warmUp(before));
    const logs = logLikelihoodRatios(
      step,
      step.greenFailures,
      margin * raised,
      odds.map((ratio) => ratio * raised),
    );
    for (const [i, log] of logs.entries()) ratios[i]! += log;
    before = step.end;
    // What may begin later speaks neither for nor against green yet.
    const waiting = isWarm ? 0 : onceWarm;
    const warm = logAdd(mixed(late), Math.log(waiting + later / Math.max(moment, firstWarm)));
    const cold = moment < firstWarm ? later * (1 / moment - 1 / firstWarm) : 0;
    return { end: step.end, any: logSum([mixed(early), Math.log(cold), warm]), warm };
  };
};

/** The judge: what all bins so far say of green beside blue. It keeps nothing between calls. */
import { type Bin, type Stretch, stretchesOf } from './bin.ts';
import { type Catastrophe, openCatastrophe } from './catastrophe.ts';
import { type Channel, errorsOf, openSteps, slowerThan } from './channel.ts';
import { type Evidence, logSum, openEvidence, type Prior, type WarmUp } from './evidence.ts';

/** The numbers that the judge calculates with; a pair's settings change some of them. */
export interface JudgeParameters {
  /** Highest probability of rolling back a release that is not worse than blue by more than the margin. */
  readonly falseAborts: number;
  readonly prior: Prior;
  readonly catastrophe: Catastrophe;
  /** Parts of the evidence for each thing that may be worse; together 1. */
  readonly shares: { readonly errors: number; readonly slow: number; readonly catastrophe: number };
  /** Requests of green that make a step. */
  readonly fewest: number;
  /** Evidence for slowness from which on green counts as still warming up. */
  readonly warmingFrom: number;
  /** How many times as much evidence it takes to see a bad version in a stretch that holds its whole start, where nothing is known of its latency. */
  readonly coldStart: number;
}

/** How the target starts, learned from its past releases: errors, and requests slower than each mark. */
export interface Learned {
  readonly errors: WarmUp;
  readonly slow: readonly WarmUp[];
}

/** What is found, as it would be written down. */
interface Findings {
  readonly isBad: boolean;
  /** ln of the evidence against green: 0 is none, ln(1 / falseAborts) is enough. */
  readonly logEvidence: number;
  /** What weighs most of it. */
  readonly mostly: 'errors' | 'slow' | 'catastrophe';
  /** The mark of slowness that weighs most of it, by its index. */
  readonly mark: number;
  /** Whether green is slow from its start, as what starts cold is. */
  readonly isWarming: boolean;
}

/** Nothing is known yet. */
const NOTHING: Evidence = { end: 0, any: 0, warm: 0 };

/** Takes stretches and gives the evidence of one channel after each. */
export const openChannel = (
  channel: Channel,
  { prior, fewest }: Pick<JudgeParameters, 'prior' | 'fewest'>,
  warmUp?: WarmUp,
) => {
  const steps = openSteps(channel, fewest);
  const evidence = openEvidence(prior, warmUp);
  let now = NOTHING;
  return (stretch: Stretch): Evidence => {
    const step = steps(stretch);
    if (step) now = evidence(step);
    return now;
  };
};

/** Mean of the evidence of several channels: evidence of the same kind. */
const meanOf = (all: readonly Evidence[]): Evidence => {
  if (all.length === 0) return NOTHING;
  const mean = (part: 'any' | 'warm') => logSum(all.map((one) => one[part])) - Math.log(all.length);
  return { end: Math.min(...all.map(({ end }) => end)), any: mean('any'), warm: mean('warm') };
};

/**
 * Takes stretches in the order of time and judges after each by all of them. What starts cold is slow at first, and
 * fails more: while green is slower than blue, or nobody knows, only defects count that show once it is warm, or are
 * catastrophic. With a learned start nothing has to wait. Evidence for defects of warm green is a part of all evidence, so the bound holds
 * for both ways of looking together: while the odds of failing and of being slow stay within the margin, and the share
 * of failures below that of a catastrophe, the mean of the evidence never exceeds 1.
 */
const openJudge = (
  parameters: JudgeParameters,
  marks: number,
  learned?: Learned,
): ((stretch: Stretch) => Findings) => {
  const { shares, warmingFrom, falseAborts } = parameters;
  const errors = openChannel(errorsOf, parameters, learned?.errors);
  const slow = Array.from({ length: marks }, (_, mark) =>
    openChannel(slowerThan(mark), parameters, learned?.slow[mark]),
  );
  const catastrophe = openCatastrophe(parameters.catastrophe);
  return (stretch) => {
    const ofErrors = errors(stretch);
    const ofMarks = slow.map((channel) => channel(stretch));
    const ofSlow = meanOf(ofMarks);
    const isUnknown = marks === 0 || ofSlow.end === 0;
    const isWarming = !learned && ofSlow.any > Math.log(warmingFrom);
    const part = isWarming || (isUnknown && !learned) ? 'warm' : 'any';
    const parts = {
      errors: Math.log(shares.errors) + ofErrors[part],
      slow: Math.log(shares.slow) + ofSlow[part],
      catastrophe: Math.log(shares.catastrophe) + catastrophe(stretch),
    };
    // Where nobody measures latency, and the first stretch is as long as a start, what is bad is told from it by its strength alone.
    const isCoarse = !learned && marks === 0 && stretch.green.seconds >= parameters.prior.warmAfter;
    const whole = isCoarse
      ? Math.log(shares.errors) + ofErrors.any - Math.log(parameters.coldStart)
      : -Infinity;
    parts.errors = Math.max(parts.errors, whole);
    const logEvidence = logSum(Object.values(parts));
    const mostly = (['errors', 'slow', 'catastrophe'] as const).reduce((most, one) =>
      parts[one] > parts[most] ? one : most,
    );
    const weights = ofMarks.map((evidence) => evidence[part]);
    const mark = weights.indexOf(Math.max(...weights));
    return { isBad: logEvidence >= -Math.log(falseAborts), logEvidence, mostly, mark, isWarming };
  };
};

/** How many marks of slowness were measured so far. */
const marksIn = (stretches: readonly Stretch[]): number =>
  Math.max(0, ...stretches.map(({ green }) => green.slow?.length ?? 0));

/** Requests and failures of both sides together. */
export interface Sums {
  readonly green: number;
  readonly blue: number;
  readonly greenFailures: number;
  readonly blueFailures: number;
}

/** Green compared with blue by all bins: what was found, with the numbers that it rests on. */
export interface Comparison extends Findings {
  /** Seconds from green's first request to the stretch that decided, or to the last one. */
  readonly second: number;
  /** Of stretches in which both sides had requests: only those can be compared. */
  readonly errors: Sums;
  /** Of all stretches, also those in which blue had no requests. */
  readonly all: Sums;
  /** Of each mark, the lowest first. */
  readonly slow: readonly Sums[];
}

const NONE: Sums = { green: 0, blue: 0, greenFailures: 0, blueFailures: 0 };

/** Sums with those of one more stretch; the same where the channel says nothing of it. */
export const plusStretch = (sums: Sums, { green, blue }: Stretch, channel: Channel): Sums => {
  const [ofGreen, ofBlue] = [channel(green), channel(blue)];
  return ofGreen === undefined || ofBlue === undefined
    ? sums
    : {
        green: sums.green + green.requests,
        blue: sums.blue + blue.requests,
        greenFailures: sums.greenFailures + ofGreen,
        blueFailures: sums.blueFailures + ofBlue,
      };
};

/** What is known beside the bins. */
export interface Known {
  readonly learned?: Learned | undefined;
  /** How many marks of slowness are measured, also while no bin has them yet; left out: as many as the bins have. */
  readonly marks?: number;
}

/**
 * Judges green by all bins since its first request; undefined before there are any. Evidence that once sufficed
 * stays: what comes after the stretch that decided is not looked at, however many looks ago that was.
 */
export const judge = (
  bins: readonly Bin[],
  parameters: JudgeParameters,
  { learned, marks: known }: Known = {},
): Comparison | undefined => {
  const stretches = stretchesOf(bins);
  const marks = known ?? marksIn(stretches);
  const look = openJudge(parameters, marks, learned);
  let errors = NONE;
  let all = NONE;
  let slow = Array.from({ length: marks }, () => NONE);
  let comparison: Comparison | undefined;
  for (const stretch of stretches) {
    all = plusStretch(all, stretch, errorsOf);
    if (stretch.blue.requests > 0) errors = plusStretch(errors, stretch, errorsOf);
    slow = slow.map((sums, mark) => plusStretch(sums, stretch, slowerThan(mark)));
    comparison = { ...look(stretch), second: stretch.end, errors, all, slow };
    if (comparison.isBad) break;
  }
  return comparison;
};

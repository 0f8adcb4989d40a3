/** The judge's assessment of one target: a verdict, and a sentence whatever it is. */
import { stretchesOf } from '../analysis/bin.ts';
import { errorsOf } from '../analysis/channel.ts';
import {
  type Comparison,
  type JudgeParameters,
  judge,
  openChannel,
  plusStretch,
} from '../analysis/judge.ts';
import { requestsToSee } from '../analysis/power.ts';
import { binsOfSeries, binsOfTally, type Series, type Tally } from '../analysis/tally.ts';
import type { Profile } from '../analysis/warm-up.ts';
import type { CustomMetric } from '../release/custom-metric.ts';
import { type JudgeSettings, parametersOf } from '../release/judge-settings.ts';
import type { JudgedState } from '../release/judged.ts';
import { type Reason, reason } from '../release/reason.ts';
import { fail, inconclusive, pass, type Verdict, worst } from '../release/verdict.ts';
import {
  quickerAdvice,
  requestsPerMinute,
  type Shift,
  slowerAdvice,
} from '../risk/curve-advice.ts';
import type { Mark } from './slow-thresholds.ts';
import { type TaskExits, taskExitsReason } from './task-exits.ts';
import { believed } from './warm-up-profile.ts';
import {
  adviceText,
  aloneText,
  customText,
  fineText,
  missingText,
  startText,
  tooFewText,
  worseText,
} from './words.ts';

/** What is known of a target. */
export interface Case {
  readonly target: string;
  readonly tally: Tally;
  /** Latencies above which an answer counts as slow, in milliseconds, the lowest first. */
  readonly marks: readonly Mark[];
  readonly metrics: readonly CustomMetric[];
  /** Nothing was counted, and what there is to count may still arrive. */
  readonly early?: boolean;
  /** How it started in good releases of the past. */
  readonly profile?: Profile | undefined;
  /** How it shifts; left out where nobody asks which curve would have been better. */
  readonly shift?: Shift | undefined;
}

/** A verdict, and what it says. */
export interface Assessment extends Verdict {
  readonly says: readonly string[];
  /** How far each target that it is about could be judged. */
  readonly judged?: Readonly<Record<string, JudgedState>>;
  /** What would have let the judge see more: of use only where the release does not roll back for another reason. */
  readonly advice?: readonly string[];
}

/** What is said where nothing can be compared. */
const NOTHING = 'not compared: green had no requests beside blue';

/** What is said before anything can have arrived. */
const EARLY =
  'not compared yet: the first metrics have not arrived, CloudWatch is some minutes behind';

/** Share of all requests that fail. Half a failure more: that none was seen yet does not mean that there is none. */
const baseOf = ({
  all: { green, blue, greenFailures, blueFailures },
}: Pick<Comparison, 'all'>): number => (greenFailures + blueFailures + 0.5) / (green + blue + 1);

/** Requests of green that are needed to see the smallest rise that matters. */
const needed = (
  found: Comparison,
  settings: JudgeSettings,
  parameters: JudgeParameters,
  { times, ratio }: { readonly times: number; readonly ratio: number },
): number =>
  requestsToSee(
    { base: baseOf(found), rise: settings.smallestRise / 100, ratio, times },
    parameters,
  );

const figuresOf = ({ errors, second, logEvidence }: Comparison) => ({
  ...errors,
  second,
  logEvidence,
});

const unseen = (
  target: string,
  text: string,
  { figures, missing }: { readonly figures?: Reason['figures']; readonly missing?: string } = {},
): Assessment => {
  const whole = missing ? `${text}; ${missing}` : text;
  return {
    ...inconclusive(
      reason('too-few-requests', `${target}: ${whole}`, {
        target,
        ...(figures ? { figures } : {}),
      }),
    ),
    says: [`${target}: ${text}`],
    advice: missing ? [`${target}: ${missing}`] : [],
  };
};

/** The errors and the latency of a target. */
const judgeUsers = (
  { target, tally, marks, early, profile, shift }: Case,
  settings: JudgeSettings,
  comparisons: number,
): Assessment => {
  const parameters = parametersOf(settings, comparisons);
  const learned = believed(profile, tally);
  const found = judge(binsOfTally(tally), parameters, { learned, marks: tally.slow?.marks ?? 0 });
  if (!found) return unseen(target, early ? EARLY : NOTHING);
  const figures = figuresOf(found);
  const told = (text: string) => `${text}${learned && profile ? startText(profile) : ''}`;
  // Where nobody knows latency or how green starts, more evidence is needed to tell a bad version from a start.
  const times = tally.slow || learned ? 1 : parameters.coldStart;
  const needs = (ratio: number) => needed(found, settings, parameters, { times, ratio });
  const adviceBy = (adviceOn: typeof slowerAdvice) =>
    shift && adviceOn(shift, requestsPerMinute(tally.errors), needs);
  const fine = (text: string, adviceOn: typeof slowerAdvice): Assessment => {
    const advice = adviceBy(adviceOn);
    return {
      ...pass,
      says: [`${target}: ${told(text)}`],
      advice: advice ? [`${target}: ${adviceText(advice)}`] : [],
    };
  };
  if (found.isBad) {
    const text = `${target}: ${told(worseText(found, marks, parameters.catastrophe.share))}`;
    return { ...fail(reason('green-worse', text, { target, figures })), says: [text] };
  }
  const { green, blue } = found.errors;
  const wanted = needs(blue / Math.max(1, green));
  if (green >= wanted) return fine(fineText(found), quickerAdvice);
  // Once blue has no users no number of requests compares; but alarms and what would be catastrophic have seen these.
  if (settings.tooFewRequests === 'extend' && found.all.green >= needs(1))
    return fine(aloneText(found), slowerAdvice);
  if (green === 0) return unseen(target, NOTHING, { figures });
  const missing = missingText(
    found,
    { wanted, rise: settings.smallestRise },
    adviceBy(slowerAdvice),
  );
  return unseen(target, told(tooFewText(found)), { figures, missing });
};

const NONE: Comparison['errors'] = { green: 0, blue: 0, greenFailures: 0, blueFailures: 0 };

/** A metric of the pair's own: evidence of its own, and a bound of its own. */
const judgeMetric = (
  metric: CustomMetric,
  series: Series,
  { target }: Case,
  settings: JudgeSettings,
  comparisons: number,
): Assessment => {
  const parameters = parametersOf(settings, comparisons);
  const look = openChannel(errorsOf, parameters);
  let sums = NONE;
  for (const stretch of stretchesOf(binsOfSeries(series))) {
    sums = plusStretch(sums, stretch, errorsOf);
    const { any } = look(stretch);
    if (any < -Math.log(parameters.falseAborts) || sums.green < metric.fewest) continue;
    const text = `${target}: ${customText(metric, sums, any)}`;
    const figures = { ...sums, second: stretch.end };
    return metric.critical
      ? { ...fail(reason('green-worse', text, { target, figures })), says: [text] }
      : { ...pass, says: [`${text}; it is not critical`] };
  }
  const text = customText(metric, sums, undefined);
  return metric.critical && sums.green < metric.fewest
    ? unseen(target, `${text}, ${metric.fewest} are needed`)
    : { ...pass, says: [`${target}: ${text}`] };
};

/** How many comparisons a target has: they share the probability of a false alarm. */
export const comparisonsIn = (metrics: readonly CustomMetric[]): number =>
  1 + metrics.filter(({ critical }) => critical).length;

/** How far a target was judged, by what was found of its users. */
const stateOf = ({ verdict, reasons }: Assessment): JudgedState => {
  if (verdict !== 'inconclusive') return 'judged';
  return (reasons[0]?.figures?.green ?? 0) > 0 ? 'too-few-requests' : 'not-compared';
};

/** Judges one target of a release that has this many comparisons in all. */
export const judgeTarget = (
  one: Case,
  settings: JudgeSettings,
  comparisons: number,
): Assessment => {
  const all = [
    judgeUsers(one, settings, comparisons),
    ...one.metrics.flatMap((metric) => {
      const series = one.tally.metrics?.[metric.name];
      return series ? [judgeMetric(metric, series, one, settings, comparisons)] : [];
    }),
  ];
  return {
    ...worst(all),
    says: all.flatMap(({ says }) => says),
    judged: { [one.target]: stateOf(all[0]!) },
    advice: all.flatMap(({ advice = [] }) => advice),
  };
};

/** An assessment with what is known of tasks that ended by themselves. */
export const withTaskExits = (found: Assessment, target: string, exits: TaskExits): Assessment => {
  const reason = taskExitsReason(target, exits);
  return reason
    ? { ...found, ...worst([fail(reason), found]), says: [reason.text, ...found.says] }
    : found;
};

/** An assessment with what is unusual about the target as a whole. */
export const withUnusual = (found: Assessment, unusual: readonly Reason[]): Assessment =>
  unusual.length === 0
    ? found
    : {
        ...found,
        ...worst([found, inconclusive(...unusual)]),
        says: [...found.says, ...unusual.map(({ text }) => `Unusual: ${text}`)],
      };

/** The assessment of several targets as the settings want it: with `tell`, nothing is rolled back. */
export const assessedTogether = (
  all: readonly Assessment[],
  settings: JudgeSettings,
): Assessment => {
  const verdict = worst(all);
  const says = all.flatMap((one) => one.says);
  const judged = Object.assign({}, ...all.map((one) => one.judged));
  // A release that the judge is against rolls back: nothing is missing for that.
  const advice = verdict.verdict === 'fail' ? [] : all.flatMap((one) => one.advice ?? []);
  if (settings.mode !== 'tell' || verdict.verdict !== 'fail')
    return { ...verdict, says, judged, advice };
  return {
    ...pass,
    says: [...says, 'Not rolled back: `judgement.mode` is `tell`'],
    judged,
    advice,
  };
};

/** Plays a trace to the judge, which takes its stretches in the order of time and sees nothing of what comes after. */
import { type JudgeParameters, judge, type Learned } from '../core/analysis/judge.ts';
import { binsOfTally } from '../core/analysis/tally.ts';
import { type Lengths, type Trace, tallyOf } from './trace.ts';

/** What was decided, and when. */
export interface Decision {
  readonly action: 'rollback' | 'proceed';
  /** Second at which the release was rolled back. */
  readonly second: number | null;
  /** Requests that green had had by then, or in the whole trace. */
  readonly canaryRequests: number;
}

/** The decision of a judge that found green bad at a second, or never. */
export const decisionAt = (
  { nc }: Trace,
  { counts }: Lengths,
  second: number | undefined,
): Decision => {
  const until = second === undefined ? nc.length : Math.ceil(second / counts);
  return {
    action: second === undefined ? 'proceed' : 'rollback',
    second: second ?? null,
    canaryRequests: nc.slice(0, until).reduce((sum, count) => sum + count, 0),
  };
};

/** The decision on a trace. */
export const replay = (
  trace: Trace,
  lengths: Lengths,
  parameters: JudgeParameters,
  learned?: Learned,
): Decision => {
  const tally = tallyOf(trace, lengths);
  const comparison = judge(binsOfTally(tally), parameters, {
    learned,
    marks: tally.slow?.marks ?? 0,
  });
  return decisionAt(trace, lengths, comparison?.isBad ? comparison.second : undefined);
};

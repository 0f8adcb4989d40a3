/** Plays a trace to the judge: at each moment it sees what is complete by then, and nothing else. */
import { stretchesOf } from '../core/analysis/bin.ts';
import { type Judgement, type Learned, openJudge } from '../core/analysis/judge.ts';
import { binsOf, type Lengths, marksOfTrace, type Trace } from './trace.ts';

/** What was decided, and when. */
export interface Decision {
  readonly action: 'rollback' | 'proceed';
  /** Second at which the release was taken back. */
  readonly second: number | null;
  /** Requests that green had had by then, or in the whole trace. */
  readonly canaryRequests: number;
}

/** The decision on a trace. */
export const replay = (
  trace: Trace,
  lengths: Lengths,
  judgement: Judgement,
  learned?: Learned,
): Decision => {
  const look = openJudge(judgement, marksOfTrace(trace), learned);
  const second = stretchesOf(binsOf(trace, lengths)).find((stretch) => look(stretch).isBad)?.end;
  const until = second === undefined ? trace.nc.length : Math.ceil(second / lengths.counts);
  return {
    action: second === undefined ? 'proceed' : 'rollback',
    second: second ?? null,
    canaryRequests: trace.nc.slice(0, until).reduce((sum, count) => sum + count, 0),
  };
};

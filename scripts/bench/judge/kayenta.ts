/** What Netflix's judge says of a trace at its end: the shares of each minute that failed or were slow are its points. */
import type { Past } from '../../../backtest/file.ts';
import { tallyOf } from '../../../backtest/trace.ts';
import { type Stretch, stretchesOf } from '../../../core/analysis/bin.ts';
import { type Channel, errorsOf, slowerThan } from '../../../core/analysis/channel.ts';
import { binsOfTally } from '../../../core/analysis/tally.ts';
import { classify, NETFLIX } from '../statistics/kayenta.ts';

const MINUTE = 60;

/** Median, and the highest mark. */
const CHANNELS: readonly Channel[] = [errorsOf, slowerThan(0), slowerThan(2)];

/** The share of each minute on one side; a minute without requests is a point that is missing. */
const pointsOf = (stretches: readonly Stretch[], side: 'green' | 'blue', channel: Channel) => {
  const minutes = new Map<number, { requests: number; failures: number }>();
  for (const stretch of stretches) {
    const bin = stretch[side];
    const failures = channel(bin);
    if (failures === undefined || bin.requests === 0) continue;
    const minute = Math.ceil(stretch.end / MINUTE);
    const sum = minutes.get(minute) ?? { requests: 0, failures: 0 };
    minutes.set(minute, {
      requests: sum.requests + bin.requests,
      failures: sum.failures + failures,
    });
  }
  return [...minutes.values()].map(({ requests, failures }) => failures / requests);
};

/** Whether any of its metrics is high. */
export const kayentaStops = ({ trace, lengths }: Past): boolean => {
  // It knows no margin in milliseconds: both sides have the same marks.
  const stretches = stretchesOf(binsOfTally(tallyOf(trace, { ...lengths, edges: undefined })));
  return CHANNELS.some(
    (channel) =>
      classify(pointsOf(stretches, 'green', channel), pointsOf(stretches, 'blue', channel), {
        ...NETFLIX,
        direction: 'Increase',
      }).label === 'High',
  );
};

/** Statistics of a bucket by their AWS names: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, `p99.9`, `TC(:0.3)`, `PR(:0.3)`. */
import { AwsError } from '../../../aws-error.ts';
import { statisticBetween } from './between.ts';
import type { Bucket } from './bucket.ts';

/** Gives one number, or `undefined` where the data do not allow it. */
export type Statistic = (bucket: Bucket) => number | undefined;

const PLAIN: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};

/** The smallest value that at least `percent` percent of the values do not exceed (nearest rank). */
const percentile =
  (percent: number): Statistic =>
  ({ values, count }) => {
    if (!values) return undefined;
    const rank = Math.max(1, Math.ceil((percent / 100) * count));
    let seen = 0;
    for (const [value, times] of [...values].sort(([a], [b]) => a - b)) {
      seen += times;
      if (seen >= rank) return value;
    }
    return undefined;
  };

/** Finds a statistic. Throws InvalidParameterValueException by name: trimmed means and the like are not here. */
export const statistic = (name: string): Statistic => {
  const plain = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  if (plain) return plain;
  const [, percent] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name) ?? [];
  if (percent !== undefined) return percentile(Number(percent));
  const between = statisticBetween(name);
  if (between) return between;
  throw new AwsError(
    'InvalidParameterValueException',
    `The value ${name} for parameter Statistic is not supported by this sandbox: Sum, Average, Minimum, Maximum, SampleCount, p0 to p100, TC and PR are.`,
  );
};

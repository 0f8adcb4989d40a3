import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Measure } from '../../core/judge/measures.ts';
import type { Points } from '../../core/judge/slow-thresholds.ts';
import { TryAgainError } from '../../core/text/errors.ts';
import { cloudwatch } from '../aws/cloudwatch.ts';

/** Queries that one call takes (quota of GetMetricData). */
const MOST_QUERIES = 500;

const queryOf = ({ namespace, metric, dimensions, statistic, seconds }: Measure, id: string) => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Stat: statistic,
    Period: seconds,
  },
});

/**
 * Reads what is known now of each measure from one moment to another, in milliseconds since 1970: its values by the
 * start of their period. Throws TryAgainError where CloudWatch answers a part of it only.
 */
export const readMeasures = async (
  measures: readonly Measure[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Points[]> => {
  if (measures.length > MOST_QUERIES)
    throw new TypeError(`${measures.length} metrics are more than CloudWatch gives in one call`);
  const points = measures.map(() => new Map<number, number>());
  let token: string | undefined;
  do {
    const { MetricDataResults = [], NextToken } = await cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: measures.map((measure, index) => queryOf(measure, `m${index}`)),
        StartTime: new Date(from),
        EndTime: new Date(to),
        ScanBy: 'TimestampAscending',
        ...(token ? { NextToken: token } : {}),
      }),
    );
    for (const { Id = '', Timestamps = [], Values = [], StatusCode } of MetricDataResults) {
      if (StatusCode === 'InternalError' || StatusCode === 'Forbidden')
        throw new TryAgainError(`GetMetricData says ${StatusCode} of ${Id}`);
      const own = points[Number(Id.slice(1))];
      for (const [index, time] of Timestamps.entries()) own?.set(time.getTime(), Values[index]!);
    }
    token = NextToken;
  } while (token);
  return points;
};

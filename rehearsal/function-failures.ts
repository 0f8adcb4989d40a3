import type { ReleaseOutcome } from './outcome.ts';
import { ALIAS, FUNCTION, type Stage } from './stage.ts';
import type { TrafficCount } from './traffic.ts';

/** Errors of one version behind the alias since a moment, as CloudWatch counted them. */
const errorsOf = async (stage: Stage, version: string, since: number): Promise<number> => {
  const { MetricDataResults } = await stage.sandbox.call('cloudwatch', 'GetMetricData', {
    StartTime: new Date(since),
    EndTime: new Date(stage.sandbox.clock.now() + 60_000),
    MetricDataQueries: [
      {
        Id: 'errors',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Lambda',
            MetricName: 'Errors',
            Dimensions: [
              { Name: 'FunctionName', Value: FUNCTION },
              { Name: 'Resource', Value: `${FUNCTION}:${ALIAS}` },
              { Name: 'ExecutedVersion', Value: version },
            ],
          },
          Period: 60,
          Stat: 'Sum',
        },
      },
    ],
  });
  const values: readonly number[] = MetricDataResults[0]?.Values ?? [];
  return values.reduce((sum, value) => sum + value, 0);
};

/** Label of failures that carry no version: a function that throws answers nothing of its own. */
const UNKNOWN = 'api unknown';

/**
 * Says which version of the function failed. Its Function URL answers a thrown error without a word about the
 * version, so CloudWatch's errors by executed version tell; both versions failing leaves it open.
 */
export const attributed = async (
  stage: Stage,
  count: TrafficCount,
  { targets, seconds }: ReleaseOutcome,
): Promise<TrafficCount> => {
  const failures = count.failedBy[UNKNOWN];
  const api = targets.find(({ kind }) => kind === 'lambda');
  if (!failures || !api) return count;
  const since = stage.sandbox.clock.now() - (seconds + 120) * 1000;
  const versions = [...new Set([api.from, api.to])];
  const errors = await Promise.all(versions.map((version) => errorsOf(stage, version, since)));
  const guilty = versions.filter((_, index) => errors[index]! > 0);
  if (guilty.length !== 1) return count;
  const { [UNKNOWN]: _, ...others } = count.failedBy;
  return { ...count, failedBy: { ...others, [`api version ${guilty[0]}`]: failures } };
};

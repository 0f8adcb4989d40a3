/** A pair while traffic shifts, and CloudWatch with figures of it, for tests of the step that compares green with blue. */
import { GetMetricDataCommand, type GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { ecsRecord, lambdaRecord, momentAfter, record, web } from '../core/fixture.ts';

export const input = { pair: 'storefront', release: 'storefront-1', now: momentAfter(8.5) };

/** Values of each minute after the start, by the revision's dimension, the metric and the statistic. */
export type Figures = Readonly<Record<string, (minute: number) => number | undefined>>;

/** CloudWatch with these figures, minute by minute, as far as the call asks for them. */
export const countsIn = (cloudwatch: ReturnType<typeof mockClient>, figures: Figures) =>
  cloudwatch.on(GetMetricDataCommand).callsFake((asked: GetMetricDataCommandInput) => {
    const [from, to] = [asked.StartTime!.getTime(), asked.EndTime!.getTime()];
    const start = Date.parse(momentAfter(0));
    return {
      MetricDataResults: asked.MetricDataQueries!.map(({ Id, MetricStat }) => {
        const { Metric, Stat } = MetricStat!;
        const side = Metric!.Dimensions!.find(({ Name }) =>
          ['TargetGroup', 'ExecutedVersion'].includes(Name!),
        );
        const figure = figures[`${side?.Value} ${Metric!.MetricName} ${Stat}`];
        const found: (readonly [number, number])[] = [];
        for (let time = from; time < to; time += 60_000) {
          const value = figure?.((time - start) / 60_000);
          if (value !== undefined) found.push([time, value]);
        }
        return {
          Id,
          StatusCode: 'Complete',
          Timestamps: found.map(([time]) => new Date(time)),
          Values: found.map(([, value]) => value),
        };
      }),
    };
  });

/** The balancer of the service has its two target groups, and these of others. */
export const balancerHas = (...others: readonly string[]) =>
  mockClient(ElasticLoadBalancingV2Client)
    .on(DescribeTargetGroupsCommand)
    .resolves({
      TargetGroups: [...web().targetGroups, ...others].map((TargetGroupArn) => ({
        TargetGroupArn,
      })),
    });

export const groups = {
  'arn:elb:targetgroup/one/1': 'web:2',
  'arn:elb:targetgroup/two/2': 'web:1',
};
export const GREEN = 'targetgroup/one/1';
export const BLUE = 'targetgroup/two/2';

/** The pair while traffic shifts: it began two and a half minutes after the start. */
export const shifting = (change: Parameters<typeof record>[0] = {}) =>
  record({
    targets: [ecsRecord({ shifted: true, groups }), lambdaRecord({ shifted: true })],
    times: { shifted: momentAfter(2.5) },
    phase: 'Shifting',
    ...change,
  });

/** Both halves with users and no difference; the whole group of a service also counts checks before the shift. */
export const FINE: Figures = {
  [`${GREEN} RequestCount Sum`]: (minute) => (minute >= 2 ? 600 : undefined),
  [`${BLUE} RequestCount Sum`]: () => 5400,
  [`${GREEN} HTTPCode_Target_2XX_Count Sum`]: (minute) => (minute >= 2 ? 600 : undefined),
  [`${BLUE} HTTPCode_Target_2XX_Count Sum`]: () => 5395,
  [`${BLUE} HTTPCode_Target_5XX_Count Sum`]: () => 5,
  '2 Invocations Sum': (minute) => (minute >= 2 ? 600 : undefined),
  '1 Invocations Sum': () => 5400,
  '2 Errors Sum': () => 1,
  '1 Errors Sum': () => 5,
};

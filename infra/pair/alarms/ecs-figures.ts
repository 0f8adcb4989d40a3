/** What is measured of each target group of an ECS half, for its alarms and for the graphs of the same. */
import { Fn } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { EcsHalf } from '../props.ts';
import type { BusyFigure } from './busy-figure.ts';
import type { Colour } from './colours.ts';
import { PERIOD, thresholdsOf } from './thresholds.ts';

/** `app/<name>/<id>`, as metrics name a load balancer, out of its listener's ARN. */
const loadBalancerDimension = (listenerArn: string): string =>
  Fn.join(
    '/',
    [1, 2, 3].map((part) => Fn.select(part, Fn.split('/', listenerArn))),
  );

/** `targetgroup/<name>/<id>`: what follows the last colon of the ARN. */
const targetGroupDimension = ({ targetGroupArn }: IApplicationTargetGroup): string =>
  Fn.select(5, Fn.split(':', targetGroupArn));

const metric = (half: EcsHalf, colour: Colour, metricName: string, statistic: string) =>
  new Metric({
    namespace: 'AWS/ApplicationELB',
    metricName,
    dimensionsMap: {
      LoadBalancer: loadBalancerDimension(half.productionListener.listenerArn),
      TargetGroup: targetGroupDimension(half[colour]),
    },
    statistic,
    period: PERIOD,
  });

/** Requests that the target group got, by both listeners. */
export const requests = (half: EcsHalf, colour: Colour): Metric =>
  metric(half, colour, 'RequestCount', 'Sum');

/** Percent of the group's answers that are server errors. */
export const serverErrors = (half: EcsHalf, colour: Colour): BusyFigure => ({
  volume: requests(half, colour),
  metrics: { errors: metric(half, colour, 'HTTPCode_Target_5XX_Count', 'Sum') },
  label: '% of answers were server errors',
  figure: '100 * FILL(errors, 0) / volume',
  threshold: thresholdsOf(half).errorPercent,
  smallestVolume: thresholdsOf(half).smallestVolume,
});

/** Milliseconds until so many percent of the group's answers came. */
export const answerTime = (half: EcsHalf, colour: Colour, percent: 95 | 99): BusyFigure => ({
  volume: requests(half, colour),
  metrics: { seconds: metric(half, colour, 'TargetResponseTime', `p${percent}`) },
  label: `ms until ${percent} % of answers came`,
  figure: '1000 * seconds',
  threshold: thresholdsOf(half).p95Milliseconds,
  smallestVolume: thresholdsOf(half).smallestVolume,
});

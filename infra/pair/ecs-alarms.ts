/** Alarms of an ECS half: errors and slowness of each target group, whichever colour it is in a release. */

import { Fn } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { busyAlarm } from './busy-alarm.ts';
import type { EcsHalf } from './props.ts';
import { ERROR_PERCENT, P95_MILLISECONDS, PERIOD } from './thresholds.ts';

const COLOURS = ['blue', 'green'] as const;

/** `app/<name>/<id>`, as metrics name a load balancer, out of its listener's ARN. */
const loadBalancerDimension = (listenerArn: string): string =>
  Fn.join(
    '/',
    [1, 2, 3].map((part) => Fn.select(part, Fn.split('/', listenerArn))),
  );

/** `targetgroup/<name>/<id>`: what follows the last colon of the ARN. */
const targetGroupDimension = ({ targetGroupArn }: IApplicationTargetGroup): string =>
  Fn.select(5, Fn.split(':', targetGroupArn));

/** Makes the four alarms and returns their names. */
export const ecsAlarms = (scope: Construct, prefix: string, half: EcsHalf): string[] =>
  COLOURS.flatMap((colour) => {
    const metric = (metricName: string, statistic: string) =>
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
    const volume = metric('RequestCount', 'Sum');
    const where = `of ${half.name}'s target group that was ${colour} at first`;
    return [
      {
        name: `${prefix}-${colour}-errors`,
        description: `More than ${ERROR_PERCENT} % of the answers ${where} are server errors.`,
        metrics: { errors: metric('HTTPCode_Target_5XX_Count', 'Sum') },
        label: '% of answers were server errors',
        figure: '100 * FILL(errors, 0) / volume',
        threshold: ERROR_PERCENT,
      },
      {
        name: `${prefix}-${colour}-latency`,
        description: `95 % of the answers ${where} take longer than ${P95_MILLISECONDS} ms.`,
        metrics: { seconds: metric('TargetResponseTime', 'p95') },
        label: 'ms until 95 % of answers came',
        figure: '1000 * seconds',
        threshold: P95_MILLISECONDS,
      },
    ].map((alarm) => {
      busyAlarm(scope, { ...alarm, volume });
      return alarm.name;
    });
  });

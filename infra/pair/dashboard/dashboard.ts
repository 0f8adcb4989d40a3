/** The dashboard of a pair: what a release does to users, by colour and version, and why it decided as it did. */
import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  GraphWidgetView,
  type IAlarmRef,
  type IMetric,
  PeriodOverride,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { METRICS, METRICS_NAMESPACE } from '../../../core/names.ts';
import { PERIOD } from '../alarms/thresholds.ts';
import type { EcsHalf, LambdaHalf } from '../props.ts';
import { functionGraphs, serviceGraphs } from './graphs.ts';
import { decisionReasons, releaseMarks } from './logs.ts';
import { search } from './search.ts';

export interface DashboardContent {
  readonly pair: string;
  readonly services: readonly EcsHalf[];
  readonly functions: readonly LambdaHalf[];
  /** The pair's own alarm first, then those that guard it. */
  readonly alarms: readonly IAlarmRef[];
}

/** Releases of the pair by their end; an end that none has had is no line. */
const releasesByEnd = (pair: string): IMetric =>
  search({
    namespace: METRICS_NAMESPACE,
    metricName: METRICS.releases,
    dimensions: { Pair: pair },
    each: ['End'],
    statistic: 'Sum',
    period: PERIOD,
    label: (value) => value('End'),
  });

const validations = (): IMetric =>
  search({
    namespace: METRICS_NAMESPACE,
    metricName: METRICS.validations,
    each: ['Platform', 'Outcome'],
    statistic: 'Sum',
    period: PERIOD,
    label: (value) => `${value('Platform')} ${value('Outcome')}`,
  });

/** How many there are of each kind in the whole time range of the dashboard. */
const totals = (title: string, width: number, counts: IMetric): GraphWidget =>
  new GraphWidget({
    title,
    width,
    height: 6,
    view: GraphWidgetView.BAR,
    setPeriodToTimeRange: true,
    left: [counts],
  });

/** Name of a pair's dashboard. Dashboards have no Region, so their names carry it: a pair may live in several. */
const dashboardName = (scope: Construct, pair: string): string =>
  `tandem-${pair}-${Stack.of(scope).region}`;

/** Makes the dashboard. */
export const pairDashboard = (
  scope: Construct,
  { pair, services, functions, alarms }: DashboardContent,
): Dashboard => {
  const ends = releasesByEnd(pair);
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: dashboardName(scope, pair),
    defaultInterval: Duration.hours(3),
    // Alarms count by the minute: a longer time range must not make another figure of the same graph.
    periodOverride: PeriodOverride.INHERIT,
    widgets: [
      [
        new AlarmStatusWidget({
          title: 'Alarms',
          width: 16,
          height: 6,
          alarms: [...alarms],
        }),
        totals('Releases by end', 8, ends),
      ],
      ...services.map((half) => serviceGraphs(half, ends)),
      ...functions.map((half) => functionGraphs(half, ends)),
      [
        releaseMarks(pair),
        totals('Validations by platform and outcome, of all pairs', 12, validations()),
      ],
      [decisionReasons(pair)],
    ],
  });
};

/** Graphs of a pair's dashboard: what its alarms measure, by colour and by version, with the alarms' thresholds. */
import {
  GraphWidget,
  type HorizontalAnnotation,
  type IMetric,
  MathExpression,
} from 'aws-cdk-lib/aws-cloudwatch';
import { type BusyFigure, busyExpression } from '../alarms/busy-figure.ts';
import { COLOURS, type Colour } from '../alarms/colours.ts';
import { answerTime, requests, serverErrors } from '../alarms/ecs-figures.ts';
import {
  aliasDimensions,
  duration,
  type FunctionMetric,
  failures,
  LAMBDA_NAMESPACE,
  ofAlias,
  VERSION_DIMENSION,
} from '../alarms/lambda-figures.ts';
import { PERIOD } from '../alarms/thresholds.ts';
import type { EcsHalf, LambdaHalf } from '../props.ts';
import { search } from './search.ts';

/** Three graphs fill a row of 24. */
const SIZE = { width: 8, height: 6 } as const;

/** Colours of lines; the pale ones are of what no alarm watches. */
const PAINT: Readonly<Record<Colour, { readonly full: string; readonly pale: string }>> = {
  blue: { full: '#1f77b4', pale: '#aec7e8' },
  green: { full: '#2ca02c', pale: '#98df8a' },
};
const RED = '#d62728';

const atLeastNone = (label: string) => ({ min: 0, label, showUnits: false });

const thresholdOf = ({ threshold }: BusyFigure): HorizontalAnnotation => ({
  value: threshold,
  label: 'red above',
  color: RED,
});

/** Percent of a service's requests that each target group got. */
const shareOf = (half: EcsHalf): IMetric[] => {
  const usingMetrics = {
    requests_blue: requests(half, 'blue'),
    requests_green: requests(half, 'green'),
  };
  const [blue, green] = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`);
  return COLOURS.map(
    (colour) =>
      new MathExpression({
        expression: `100 * FILL(requests_${colour}, 0) / (${blue} + ${green})`,
        usingMetrics,
        period: PERIOD,
        label: colour,
        color: PAINT[colour].full,
      }),
  );
};

/** The row of a service. `marks` are drawn over its traffic, by an axis of their own. */
export const serviceGraphs = (half: EcsHalf, marks: IMetric): GraphWidget[] => [
  new GraphWidget({
    ...SIZE,
    title: `${half.name}: share of requests by colour, and releases that ended`,
    left: shareOf(half),
    right: [marks],
    leftYAxis: { ...atLeastNone('%'), max: 100 },
    rightYAxis: atLeastNone('ended'),
  }),
  new GraphWidget({
    ...SIZE,
    title: `${half.name}: answers that are server errors, by colour`,
    left: COLOURS.map((colour) =>
      busyExpression(serverErrors(half, colour), {
        id: colour,
        label: colour,
        color: PAINT[colour].full,
      }),
    ),
    leftAnnotations: [thresholdOf(serverErrors(half, 'blue'))],
    leftYAxis: atLeastNone('%'),
  }),
  new GraphWidget({
    ...SIZE,
    title: `${half.name}: time until 95 % and 99 % of answers came, by colour`,
    left: ([95, 99] as const).flatMap((percent) =>
      COLOURS.map((colour) =>
        busyExpression(answerTime(half, colour, percent), {
          id: `${colour}_p${percent}`,
          label: `${colour} p${percent}`,
          color: PAINT[colour][percent === 95 ? 'full' : 'pale'],
        }),
      ),
    ),
    leftAnnotations: [{ ...thresholdOf(answerTime(half, 'blue', 95)), label: 'p95 red above' }],
    leftYAxis: atLeastNone('ms'),
  }),
];

/**
 * All traffic of the alias beside its versions. AWS documents figures by version for aliases whose traffic is split;
 * should there be none at other times, this line goes on.
 */
const ALL = { label: 'all versions', color: '#7f7f7f' } as const;

/** A metric of every version that has answered behind the alias: versions come and go with releases. */
const byVersion = (half: LambdaHalf, metricName: FunctionMetric, statistic: string): IMetric =>
  search({
    namespace: LAMBDA_NAMESPACE,
    metricName,
    dimensions: aliasDimensions(half),
    each: [VERSION_DIMENSION],
    statistic,
    period: PERIOD,
    label: (value) => `version ${value(VERSION_DIMENSION)}`,
  });

/** The row of a function. */
export const functionGraphs = (half: LambdaHalf, marks: IMetric): GraphWidget[] => [
  new GraphWidget({
    ...SIZE,
    title: `${half.name}: invocations by version, and releases that ended`,
    left: [ofAlias(half, 'Invocations', 'Sum', ALL), byVersion(half, 'Invocations', 'Sum')],
    right: [marks],
    leftYAxis: atLeastNone('a minute'),
    rightYAxis: atLeastNone('ended'),
  }),
  new GraphWidget({
    ...SIZE,
    title: `${half.name}: share of invocations that failed, and how many by version`,
    left: [busyExpression(failures(half), ALL)],
    right: [byVersion(half, 'Errors', 'Sum')],
    leftAnnotations: [thresholdOf(failures(half))],
    leftYAxis: atLeastNone('%'),
    rightYAxis: atLeastNone('failed a minute'),
  }),
  new GraphWidget({
    ...SIZE,
    title: `${half.name}: time until 95 % of invocations ended, by version`,
    left: [ofAlias(half, 'Duration', 'p95', ALL), byVersion(half, 'Duration', 'p95')],
    leftAnnotations: [thresholdOf(duration(half))],
    leftYAxis: atLeastNone('ms'),
  }),
];

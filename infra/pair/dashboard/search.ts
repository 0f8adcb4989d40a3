/** Search expressions: every metric of a kind, whichever values some of its dimensions have had in two weeks. */
import type { Duration } from 'aws-cdk-lib';
import { type IMetric, SearchExpression } from 'aws-cdk-lib/aws-cloudwatch';

export interface SearchProps {
  readonly namespace: string;
  readonly metricName: string;
  /** Dimensions with the value that each must have. */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Further dimensions: each set of their values is a line. */
  readonly each: readonly string[];
  readonly statistic: string;
  readonly period: Duration;
  /** Name of a line; `value` gives what the line has in a dimension. */
  readonly label: (value: (dimension: string) => string) => string;
}

const equal = ([name, value]: readonly [string, string]) => `${name}="${value}"`;

/** All metrics that have these dimensions and no others. */
export const search = (props: SearchProps): IMetric => {
  const { namespace, metricName, dimensions = {}, each, statistic, period, label } = props;
  const schema = [namespace, ...Object.keys(dimensions), ...each].join(',');
  const terms = Object.entries({ MetricName: metricName, ...dimensions }).map(equal);
  return new SearchExpression({
    expression: `SEARCH('{${schema}} ${terms.join(' ')}', '${statistic}')`,
    period,
    label: label((dimension) => `\${PROP('Dim.${dimension}')}`),
  });
};

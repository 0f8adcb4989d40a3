/** A figure that counts only while there is enough traffic to judge by, for the alarm on it and for the graph of it. */
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { PERIOD } from './thresholds.ts';

export interface BusyFigure {
  /** Requests or invocations in a period. */
  readonly volume: IMetric;
  /** Metrics that `figure` names. */
  readonly metrics: Readonly<Record<string, IMetric>>;
  /** What the figure counts, as it is read after it: `25 % of answers were server errors`. */
  readonly label: string;
  /** Metric math for the figure, e.g. `100 * FILL(errors, 0) / volume`. */
  readonly figure: string;
  /** Above it traffic counts as bad. */
  readonly threshold: number;
  /** Requests in a period below which there is no figure. */
  readonly smallestVolume: number;
}

export interface Line {
  /**
   * What the line is called.
   * @default - the label of the figure
   */
  readonly label?: string;
  /**
   * Colour of the line, as CSS writes it.
   * @default - CloudWatch chooses
   */
  readonly color?: string;
  /**
   * Word that makes the ids of the metrics the line's own: those of a graph must differ.
   * @default - ids stay as the figure names them
   */
  readonly id?: string;
}

/** The figure as metric math. A period with too few requests has none. */
export const busyExpression = (
  { volume, metrics, label, figure, smallestVolume }: BusyFigure,
  line: Line = {},
): MathExpression => {
  const known: Readonly<Record<string, IMetric>> = { volume, ...metrics };
  const own = (id: string) => (line.id === undefined ? id : `${id}_${line.id}`);
  return new MathExpression({
    expression: `IF(volume >= ${smallestVolume}, ${figure})`.replace(/\b[a-z]\w*\b/g, (word) =>
      word in known ? own(word) : word,
    ),
    usingMetrics: Object.fromEntries(
      Object.entries(known).map(([id, metric]) => [own(id), metric]),
    ),
    period: PERIOD,
    label: line.label ?? label,
    ...(line.color === undefined ? {} : { color: line.color }),
  });
};

/** The embedded metric format: log lines that CloudWatch turns into metrics. */

/** What one directive of a line publishes. */
export interface EmbeddedMetrics {
  readonly Namespace: string;
  readonly MetricData: readonly Datum[];
}

/** A MetricDatum of PutMetricData. */
export interface Datum {
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Timestamp: Date;
  readonly Unit?: string;
  readonly StorageResolution?: number;
  readonly Value?: number;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions?: readonly (readonly string[])[];
  readonly Metrics: readonly {
    readonly Name: string;
    readonly Unit?: string;
    readonly StorageResolution?: number;
  }[];
}

const parsed = (line: string): any => {
  if (!line.includes('"CloudWatchMetrics"')) return undefined;
  try {
    return JSON.parse(line.slice(line.indexOf('{')));
  } catch {
    return undefined;
  }
};

const valuesOf = (value: unknown): Pick<Datum, 'Value' | 'Values' | 'Counts'> | undefined => {
  if (typeof value === 'number') return { Value: value };
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'number')) return undefined;
  return { Values: value, Counts: value.map(() => 1) };
};

const dataOf = ({ Dimensions, Metrics }: Directive, line: any, Timestamp: Date): Datum[] =>
  (Dimensions ?? [[]]).flatMap((names) =>
    Metrics.flatMap(({ Name, Unit, StorageResolution }) => {
      const values = valuesOf(line[Name]);
      if (!values || names.some((name) => line[name] === undefined)) return [];
      return {
        MetricName: Name,
        Dimensions: names.map((name) => ({ Name: name, Value: String(line[name]) })),
        Timestamp,
        ...(Unit && { Unit }),
        ...(StorageResolution && { StorageResolution }),
        ...values,
      };
    }),
  );

/**
 * The metrics of a log line, by the specification of the embedded metric format: one datum for each metric
 * and each set of dimensions. A line that is none, or that names members it does not have, gives nothing for
 * them. `now` (service time, milliseconds) stands in for a missing time stamp.
 */
export const embeddedMetrics = (line: string, now: number): readonly EmbeddedMetrics[] => {
  const root = parsed(line);
  const directives = root?._aws?.CloudWatchMetrics;
  if (!Array.isArray(directives)) return [];
  const timestamp = new Date(root._aws.Timestamp ?? now);
  return directives
    .filter(({ Namespace, Metrics }) => Namespace && Array.isArray(Metrics))
    .map((directive: Directive) => ({
      Namespace: directive.Namespace,
      MetricData: dataOf(directive, root, timestamp),
    }))
    .filter(({ MetricData }) => MetricData.length > 0);
};

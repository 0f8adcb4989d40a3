import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRICS_NAMESPACE } from '../core/names.ts';

const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: 'tandem' });

/** Counts one event by its dimensions, as an embedded metric in the log: no call, no wait. */
export const count = (name: string, dimensions: Readonly<Record<string, string>>): void => {
  const single = metrics.singleMetric();
  single.addDimensions({ ...dimensions });
  single.addMetric(name, MetricUnit.Count, 1);
};

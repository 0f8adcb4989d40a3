/** Publishes how full the queues are: `AWS/SQS` `ApproximateNumberOfMessagesVisible`, every minute of service time. */
import type { Cloud } from '../../cloud.ts';
import type { Timers } from '../../delivery/timers.ts';
import { keptMessages, type Queues } from './queues.ts';

const MINUTE = 60_000;

/** Gives the function that starts publishing; calling it again changes nothing. */
export const queueMetrics = (cloud: Cloud, state: Queues, timers: Timers): (() => void) => {
  let started = false;

  const publish = async () => {
    timers.after(MINUTE, publish);
    const now = cloud.clock.now();
    for (const { region, queue } of state.all()) {
      const visible = keptMessages(queue, now).filter(({ visibleAt }) => visibleAt <= now).length;
      await cloud.call({
        principal: { kind: 'service', service: 'sqs.amazonaws.com' },
        region,
        service: 'cloudwatch',
        operation: 'PutMetricData',
        input: {
          Namespace: 'AWS/SQS',
          MetricData: [
            {
              MetricName: 'ApproximateNumberOfMessagesVisible',
              Dimensions: [{ Name: 'QueueName', Value: queue.name }],
              Timestamp: new Date(now),
              Value: visible,
              Unit: 'Count',
            },
          ],
        },
      });
    }
  };

  return () => {
    if (started) return;
    started = true;
    timers.after(MINUTE, publish);
  };
};

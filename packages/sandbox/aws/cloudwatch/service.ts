/** CloudWatch: metrics, metric math, alarms that are really evaluated, dashboards. */
import type { Cloud, Service } from '../../cloud.ts';
import { timersOf } from '../../delivery/timers.ts';
import type { Alarms } from './alarms/alarm.ts';
import { describeOperations } from './alarms/describe.ts';
import { putOperations } from './alarms/put.ts';
import { watcher } from './alarms/watch.ts';
import { dashboardOperations } from './dashboards.ts';
import { putMetricData } from './metrics/put-metric-data.ts';
import { readOperations } from './metrics/read.ts';
import { type MetricStore, metricStore } from './metrics/store.ts';
import { permissions } from './permissions.ts';
import { alarmResource, compositeAlarmResource, dashboardResource } from './resources.ts';
import { tagOperations } from './tags.ts';

/** State is kept by Region; alarms are evaluated in service time. */
export const cloudwatchService = (cloud: Cloud): Service => {
  const timers = timersOf(cloud);
  const stores = new Map<string, MetricStore>();
  const alarms = new Map<string, Alarms>();

  const storeOf = (region: string): MetricStore => {
    const known = stores.get(region) ?? metricStore(() => cloud.clock.now());
    stores.set(region, known);
    return known;
  };
  const alarmsOf = (region: string): Alarms => {
    const known = alarms.get(region) ?? new Map();
    alarms.set(region, known);
    return known;
  };
  const watch = watcher(cloud, timers, storeOf, alarmsOf);

  return {
    id: 'cloudwatch',
    operations: {
      PutMetricData: putMetricData(cloud, storeOf),
      ...readOperations(cloud, storeOf),
      ...putOperations(cloud, storeOf, alarmsOf, watch),
      ...describeOperations(alarmsOf),
      ...dashboardOperations(cloud),
      ...tagOperations(alarmsOf),
    },
    permissions: permissions(cloud.account),
    resources: {
      'AWS::CloudWatch::Alarm': alarmResource,
      'AWS::CloudWatch::CompositeAlarm': compositeAlarmResource,
      'AWS::CloudWatch::Dashboard': dashboardResource,
    },
    close: async () => timers.close(),
  };
};

/** What IAM is asked before a CloudWatch operation runs. Metric data know no resources: the default, `*`. */
import type { Caller, Permission, Service } from '../../cloud.ts';

const ON_ALARMS = [
  'PutMetricAlarm',
  'PutCompositeAlarm',
  'SetAlarmState',
  'DeleteAlarms',
  'EnableAlarmActions',
  'DisableAlarmActions',
];
const ON_TAGGED = ['TagResource', 'UntagResource', 'ListTagsForResource'];
const ON_DASHBOARDS = ['PutDashboard', 'GetDashboard', 'DeleteDashboards'];

/** Alarms and dashboards have ARNs; composite alarms are described on `*` only. */
export const permissions = (account: string): NonNullable<Service['permissions']> => {
  const alarmArn = (region: string, name: string) =>
    `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

  const onAlarms =
    (operation: string) =>
    ({ AlarmName, AlarmNames }: any, { region }: Caller): Permission[] =>
      (AlarmNames ?? [AlarmName ?? '*']).map((name: string) => ({
        action: `cloudwatch:${operation}`,
        resource: alarmArn(region, name),
      }));

  const onTagged =
    (operation: string) =>
    ({ ResourceARN = '*' }: any): Permission[] => [
      { action: `cloudwatch:${operation}`, resource: ResourceARN },
    ];

  const onDashboards =
    (operation: string) =>
    ({ DashboardName, DashboardNames }: any): Permission[] =>
      (DashboardNames ?? [DashboardName]).map((name: string) => ({
        action: `cloudwatch:${operation}`,
        resource: `arn:aws:cloudwatch::${account}:dashboard/${name}`,
      }));

  const each = <T>(names: readonly string[], make: (name: string) => T) =>
    Object.fromEntries(names.map((name) => [name, make(name)]));

  /** Where composite alarms may be in the answer, a grant on single alarms is not enough. */
  const onReadAlarms = (operation: 'DescribeAlarms' | 'DescribeAlarmHistory') => {
    const onNamed = onAlarms(operation);
    return (input: any, caller: Caller): Permission[] =>
      input.AlarmTypes?.includes('CompositeAlarm')
        ? [{ action: `cloudwatch:${operation}`, resource: '*' }]
        : onNamed(input.AlarmNames?.length || input.AlarmName ? input : {}, caller);
  };

  return {
    ...each(ON_ALARMS, onAlarms),
    ...each(ON_TAGGED, onTagged),
    ...each(ON_DASHBOARDS, onDashboards),
    DescribeAlarms: onReadAlarms('DescribeAlarms'),
    DescribeAlarmHistory: onReadAlarms('DescribeAlarmHistory'),
  };
};

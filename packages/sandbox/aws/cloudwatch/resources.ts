/** CloudFormation's alarms and dashboards. */
import type { ResourceProvider } from '../../cloud.ts';

const ACTIONS = ['ActionsEnabled', 'AlarmActions', 'OKActions', 'InsufficientDataActions'];

/** Templates may write numbers and booleans as text. */
const NUMBERS = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold'];

const truth = (value: unknown) => value === true || value === 'true';

const converted = (properties: any): any => ({
  ...properties,
  ...Object.fromEntries(
    NUMBERS.filter((name) => properties[name] !== undefined).map((name) => [
      name,
      Number(properties[name]),
    ]),
  ),
  ...(properties.ActionsEnabled !== undefined && {
    ActionsEnabled: truth(properties.ActionsEnabled),
  }),
});

const query = ({ ReturnData, MetricStat, ...rest }: any) => ({
  ...rest,
  ...(ReturnData !== undefined && { ReturnData: truth(ReturnData) }),
  ...(MetricStat && { MetricStat: converted(MetricStat) }),
});

/** `AWS::CloudWatch::Alarm`, without anomaly detection. */
export const alarmResource: ResourceProvider = {
  properties: [
    'AlarmName',
    'AlarmDescription',
    'ComparisonOperator',
    'Dimensions',
    'ExtendedStatistic',
    'MetricName',
    'Metrics',
    'Namespace',
    'Statistic',
    'Tags',
    'TreatMissingData',
    'Unit',
    ...NUMBERS,
    ...ACTIONS,
  ],
  ignored: ['EvaluateLowSampleCountPercentile'],
  create: async ({ Metrics, ...properties }, { region, account, physicalName, call }) => {
    const AlarmName = properties.AlarmName ?? physicalName(255);
    await call('cloudwatch', 'PutMetricAlarm', {
      ...converted(properties),
      AlarmName,
      ...(Metrics && { Metrics: Metrics.map(query) }),
    });
    const Arn = `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}`;
    return { ref: AlarmName, attributes: { Arn } };
  },
};

/** `AWS::CloudWatch::CompositeAlarm`, without an actions suppressor. */
export const compositeAlarmResource: ResourceProvider = {
  properties: ['AlarmName', 'AlarmDescription', 'AlarmRule', 'Tags', ...ACTIONS],
  create: async (properties, { region, account, physicalName, call }) => {
    const AlarmName = properties.AlarmName ?? physicalName(255);
    await call('cloudwatch', 'PutCompositeAlarm', { ...converted(properties), AlarmName });
    const Arn = `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}`;
    return { ref: AlarmName, attributes: { Arn } };
  },
};

/** `AWS::CloudWatch::Dashboard`. */
export const dashboardResource: ResourceProvider = {
  properties: ['DashboardName', 'DashboardBody'],
  create: async ({ DashboardName, DashboardBody }, { physicalName, call }) => {
    const name = DashboardName ?? physicalName(255);
    await call('cloudwatch', 'PutDashboard', { DashboardName: name, DashboardBody });
    return { ref: name };
  },
};

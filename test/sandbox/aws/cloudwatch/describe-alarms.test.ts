import { afterEach, describe, expect, it } from 'vitest';
import { cloudwatchService } from '../../../../packages/sandbox/aws/cloudwatch/service.ts';
import { ARN, end, errors, open } from './alarm-cloud.ts';

afterEach(end);

describe('DescribeAlarms', () => {
  it('leaves out names that do not exist, and filters by prefix and state', async () => {
    const { ask, put, pass } = open();
    await put({ AlarmName: 'web-errors', TreatMissingData: 'notBreaching' });
    await put({ AlarmName: 'api-errors', TreatMissingData: 'missing' });
    await pass(10);
    const names = async (input: object) =>
      (await ask('DescribeAlarms', input)).MetricAlarms.map(({ AlarmName }: any) => AlarmName);

    expect(await names({ AlarmNames: ['web-errors', 'gone'] })).toEqual(['web-errors']);
    expect(await names({ AlarmNamePrefix: 'api' })).toEqual(['api-errors']);
    expect(await names({ StateValue: 'OK' })).toEqual(['web-errors']);
    expect(await names({})).toEqual(['api-errors', 'web-errors']);
  });

  it.each([
    [{ StateValue: 'RED' }, "Value 'RED' at 'stateValue'"],
    [{ AlarmTypes: ['Loud'] }, "Value 'Loud' at 'alarmTypes'"],
  ])('refuses %j', async (input, message) => {
    const { ask } = open();

    await expect(ask('DescribeAlarms', input)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });

  it('gives pages', async () => {
    const { ask, put } = open();
    for (const AlarmName of ['a', 'b', 'c']) await put({ AlarmName });

    const first = await ask('DescribeAlarms', { MaxRecords: 2 });
    const second = await ask('DescribeAlarms', { MaxRecords: 2, NextToken: first.NextToken });

    expect(first.MetricAlarms).toHaveLength(2);
    expect(second.MetricAlarms.map(({ AlarmName }: any) => AlarmName)).toEqual(['c']);
    expect(second.NextToken).toBeUndefined();
  });

  it('finds the alarms of a metric', async () => {
    const { ask, put } = open();
    await put();
    const { Namespace, MetricName, Dimensions } = errors;

    const find = async (input: object) =>
      (await ask('DescribeAlarmsForMetric', { Namespace, MetricName, ...input })).MetricAlarms;

    expect(await find({ Dimensions })).toHaveLength(1);
    expect(await find({})).toEqual([]);
  });
});

describe('a template', () => {
  it('makes alarms and dashboards', async () => {
    const { cloud, contextOf, alarm, ask } = open();
    const { resources } = cloudwatchService(cloud);
    const { AlarmName: _, ...properties } = errors;

    const made = await resources?.['AWS::CloudWatch::Alarm']?.create(
      { ...properties, Threshold: '5', Period: '60', ActionsEnabled: 'false' },
      contextOf('Errors'),
    );
    await resources?.['AWS::CloudWatch::Dashboard']?.create(
      { DashboardName: 'Release', DashboardBody: '{"widgets":[]}' },
      contextOf('Board'),
    );

    expect(made?.attributes?.Arn).toBe(ARN.replace('errors', String(made?.ref)));
    expect(await alarm(made?.ref)).toMatchObject({
      Threshold: 5,
      Period: 60,
      ActionsEnabled: false,
    });
    expect(await ask('GetDashboard', { DashboardName: 'Release' })).toMatchObject({
      DashboardBody: '{"widgets":[]}',
    });
  });

  it.each([
    ['no JSON', '{'],
    ['no widgets', '{}'],
    ['a widget of no type', '{"widgets":[{"type":"picture","properties":{}}]}'],
    ['a widget without properties', '{"widgets":[{"type":"metric"}]}'],
  ])('makes no dashboard whose body has %s', async (_, DashboardBody) => {
    const { cloud, contextOf } = open();
    const { resources } = cloudwatchService(cloud);

    const made = resources?.['AWS::CloudWatch::Dashboard']?.create(
      { DashboardName: 'Release', DashboardBody },
      contextOf('Board'),
    );

    await expect(made).rejects.toMatchObject({ name: 'DashboardInvalidInputError' });
  });
});

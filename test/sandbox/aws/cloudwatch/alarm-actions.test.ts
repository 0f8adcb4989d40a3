import { afterEach, describe, expect, it } from 'vitest';
import { ARN, end, FUNCTION, open, TOPIC } from './alarm-cloud.ts';

afterEach(end);

describe('actions', () => {
  it('run on transitions only, with the message that CloudWatch writes', async () => {
    const { put, report, pass, sns } = open();
    await put({ AlarmActions: [TOPIC], TreatMissingData: 'notBreaching' });
    await pass(10);
    for (let minute = 0; minute < 3; minute += 1) {
      await report(6);
      await pass(60);
    }
    await pass(5);

    expect(sns.asked).toHaveLength(1);
    const [
      {
        input: { TopicArn, Subject, Message },
      } = { input: {} },
    ] = sns.asked;
    expect(TopicArn).toBe(TOPIC);
    expect(Subject).toBe('ALARM: "errors" in US East (N. Virginia)');
    expect(JSON.parse(Message)).toMatchObject({
      AlarmName: 'errors',
      AWSAccountId: '111122223333',
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
      StateChangeTime: '2026-01-05T09:01:10.000+0000',
      Region: 'US East (N. Virginia)',
      AlarmArn: ARN,
      Trigger: {
        MetricName: 'Errors',
        Namespace: 'Shop',
        StatisticType: 'Statistic',
        Statistic: 'SUM',
        Dimensions: [{ name: 'Side', value: 'green' }],
        Period: 60,
        Threshold: 5,
      },
    });
  });

  it('may be functions', async () => {
    const { put, report, pass, events } = open();
    await put({ AlarmActions: [FUNCTION] });
    await report(6);
    await pass(75);

    expect(events()[0]).toMatchObject({
      source: 'aws.cloudwatch',
      alarmArn: ARN,
      accountId: '111122223333',
      region: 'us-east-1',
      alarmData: { alarmName: 'errors', state: { value: 'ALARM' } },
    });
  });

  it('do not run while they are disabled, but the state changes', async () => {
    const { put, ask, report, pass, sns, state } = open();
    await put({ AlarmActions: [TOPIC] });
    await ask('DisableAlarmActions', { AlarmNames: ['errors'] });
    await report(6);
    await pass(75);

    expect(await state()).toBe('ALARM');
    expect(sns.asked).toEqual([]);
  });

  it('are in the history with the transitions', async () => {
    const { put, ask, report, pass } = open();
    await put({ AlarmActions: [TOPIC] });
    await report(6);
    await pass(75);

    const { AlarmHistoryItems } = await ask('DescribeAlarmHistory', { AlarmName: 'errors' });

    expect(AlarmHistoryItems.map(({ HistorySummary }: any) => HistorySummary)).toEqual([
      `Successfully executed action ${TOPIC}`,
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
      'Alarm "errors" created',
    ]);
  });
});

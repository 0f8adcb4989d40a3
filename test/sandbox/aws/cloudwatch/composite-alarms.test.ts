import { afterEach, describe, expect, it } from 'vitest';
import { ARN, end, open, TOPIC } from './alarm-cloud.ts';

afterEach(end);

describe('a composite alarm', () => {
  const composite = async (rule: string) => {
    const cloud = open();
    await cloud.put({ AlarmName: 'a', TreatMissingData: 'ignore' });
    await cloud.put({ AlarmName: 'b', TreatMissingData: 'ignore' });
    await cloud.ask('PutCompositeAlarm', {
      AlarmName: 'both',
      AlarmRule: rule,
      AlarmActions: [TOPIC],
    });
    const set = (AlarmName: string, StateValue: string) =>
      cloud.ask('SetAlarmState', { AlarmName, StateValue, StateReason: 'test' });
    const value = async () => {
      const { CompositeAlarms } = await cloud.ask('DescribeAlarms', {
        AlarmTypes: ['CompositeAlarm'],
      });
      return CompositeAlarms[0].StateValue;
    };
    await cloud.pass(10);
    return { ...cloud, set, value };
  };

  it.each([
    ['ALARM(a)', 'ALARM', 'OK', 'ALARM'],
    ['ALARM("a") AND ALARM("b")', 'ALARM', 'OK', 'OK'],
    ['ALARM(a) OR ALARM(b)', 'OK', 'ALARM', 'ALARM'],
    ['OK(a) AND NOT OK(b)', 'OK', 'ALARM', 'ALARM'],
    ['NOT (ALARM(a) OR ALARM(b))', 'OK', 'ALARM', 'OK'],
    ['ALARM(a) OR ALARM(b) AND FALSE', 'ALARM', 'ALARM', 'ALARM'],
    [`ALARM(${ARN.replace('errors', 'a')})`, 'ALARM', 'OK', 'ALARM'],
    ['INSUFFICIENT_DATA(b) AND TRUE', 'ALARM', 'INSUFFICIENT_DATA', 'ALARM'],
  ])('%s with %s and %s is %s', async (rule, a, b, expected) => {
    const { set, value } = await composite(rule);

    await set('a', a);
    await set('b', b);

    expect(await value()).toBe(expected);
  });

  it('acts and is announced as one', async () => {
    const { set, pass, sns, changes } = await composite('ALARM(a) OR ALARM(b)');

    await set('a', 'ALARM');
    await set('b', 'ALARM');
    await pass(1);

    expect(sns.asked).toHaveLength(1);
    const own = changes().filter(({ Detail }) => Detail.alarmName === 'both');
    expect(own.at(-1).Detail).toMatchObject({
      state: { value: 'ALARM', reason: expect.stringContaining(':alarm:a transitioned to ALARM') },
      configuration: { alarmRule: 'ALARM(a) OR ALARM(b)' },
    });
  });

  it('is described only to those who ask for its type', async () => {
    const { ask } = await composite('ALARM(a)');

    expect((await ask('DescribeAlarms')).CompositeAlarms).toEqual([]);
    expect((await ask('DescribeAlarms')).MetricAlarms).toHaveLength(2);
  });

  it.each([
    ['ALARM(a) AND', 'too early'],
    ['ALARM(a) ALARM(b)', 'AND or OR'],
    ['(ALARM(a)', 'bracket'],
    ['RED(a)', 'unexpected text'],
    ['ALARM(gone)', 'gone'],
  ])('is refused with the rule %s', async (AlarmRule, message) => {
    const { ask } = await composite('ALARM(a)');

    await expect(ask('PutCompositeAlarm', { AlarmName: 'x', AlarmRule })).rejects.toThrow(message);
  });
});

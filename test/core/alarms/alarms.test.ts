import { describe, expect, it } from 'vitest';
import { type AlarmReading, checkAlarms, dataOf } from '../../../core/alarms/alarms.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { codesOf, ecsRecord, lambdaRecord } from '../fixture.ts';

const alarm = (change: Partial<AlarmReading> = {}): AlarmReading => ({
  name: 'web-errors',
  state: 'OK',
  stateReason: 'all is well',
  since: '2026-11-23T08:00:00Z',
  dimensions: [{ name: 'LoadBalancer', value: 'app/storefront/1' }],
  ...change,
});

describe('checkAlarms', () => {
  it.each<
    [string, readonly AlarmReading[], 'before-start' | 'under-way', string, readonly string[]]
  >([
    ['OK', [alarm()], 'under-way', 'pass', []],
    [
      'red before the start',
      [alarm({ state: 'ALARM' })],
      'before-start',
      'fail',
      ['alarm-red-before-start'],
    ],
    ['red under way', [alarm({ state: 'ALARM' })], 'under-way', 'fail', ['alarm-red']],
    [
      'without data before the start',
      [alarm({ state: 'INSUFFICIENT_DATA' })],
      'before-start',
      'pass',
      [],
    ],
    [
      'without data under way',
      [alarm({ state: 'INSUFFICIENT_DATA' })],
      'under-way',
      'inconclusive',
      ['too-little-data'],
    ],
    [
      'in a state that nobody knows',
      [alarm({ state: 'NEW' })],
      'under-way',
      'inconclusive',
      ['too-little-data'],
    ],
    ['gone', [], 'under-way', 'fail', ['alarm-missing']],
  ])('of an alarm that is %s', (_, alarms, moment, verdict, codes) => {
    const result = checkAlarms(['web-errors'], alarms, moment);
    expect([result.verdict, codesOf(result.reasons)]).toEqual([verdict, codes]);
  });

  it('takes no data for an answer from an alarm that need not tell of green, but no red', () => {
    const silent = (state: string) =>
      checkAlarms(['web-errors'], [alarm({ state })], 'under-way', {
        tellsOfGreen: () => false,
      }).verdict;
    expect(silent('INSUFFICIENT_DATA')).toBe('pass');
    expect(silent('ALARM')).toBe('fail');
  });

  it('names every alarm that is red, and passes when there is none to watch', () => {
    const both = [alarm({ state: 'ALARM' }), alarm({ name: 'api-errors', state: 'ALARM' })];
    expect(checkAlarms(['web-errors', 'api-errors'], both, 'under-way').reasons).toHaveLength(2);
    expect(checkAlarms([], [], 'under-way').verdict).toBe('pass');
  });
});

describe('dataOf', () => {
  const green = ['a', 'b'];
  const states = (a: string, b: string) => [
    alarm({ name: 'a', state: a }),
    alarm({ name: 'b', state: b }),
    alarm({ name: 'blue', state: 'OK' }),
  ];

  it.each([
    ['all', states('OK', 'ALARM'), green],
    ['some', states('OK', 'INSUFFICIENT_DATA'), green],
    ['none', states('INSUFFICIENT_DATA', 'INSUFFICIENT_DATA'), green],
    ['unwatched', states('OK', 'OK'), []],
  ])('says %s by the alarms that watch green alone', (expected, alarms, watching) => {
    expect(dataOf(alarms, ({ name }) => watching.includes(name))).toBe(expected);
  });
});

describe('a red alarm', () => {
  const compared = { metric: '% of answers were server errors', threshold: 5, seconds: 60 };
  const crossed =
    'Threshold Crossed: 1 out of the last 1 datapoints [25.0 (23/11/26 07:59:00)] was greater than the threshold (5.0)';
  const red = (change: Partial<AlarmReading> = {}) =>
    alarm({
      state: 'ALARM',
      stateReason: `${crossed} (minimum 1 datapoint for OK -> ALARM transition).`,
      compared: { ...compared, figure: 25.04 },
      ...change,
    });
  const reasonOf = (reading: AlarmReading, targets: readonly TargetRecord[] = []) =>
    checkAlarms([reading.name], [reading], 'under-way', { targets }).reasons[0]!;

  it('says in plain words what it saw, then who says so, and keeps what CloudWatch says', () => {
    expect(reasonOf(red(), [ecsRecord()])).toEqual({
      code: 'alarm-red',
      target: 'web',
      text: 'web: 25 % of answers were server errors in 1 minute, threshold 5. Alarm web-errors is red since 2026-11-23 08:00:00 UTC',
      figures: { figure: 25.04, threshold: 5 },
      quote: crossed,
    });
  });

  it('says what CloudWatch says where it gives no figure', () => {
    expect(reasonOf(red({ compared }), [ecsRecord()]).text).toBe(
      `Alarm web-errors, which watches web, is red since 2026-11-23 08:00:00 UTC: ${crossed}`,
    );
  });

  const groups = {
    'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/blue/1': 'web:2',
    'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/green/2': 'web:1',
  };
  it.each([
    ['new', 'targetgroup/blue/1', 'web web:2, the new version: 25 %'],
    ['old', 'targetgroup/green/2', 'web web:1, the old version: 25 %'],
    ['unknown', 'targetgroup/other/3', 'web: 25 %'],
  ])('of a service names the %s version by its target group', (_, value, text) => {
    const reading = red({ dimensions: [{ name: 'TargetGroup', value }] });

    expect(reasonOf(reading, [ecsRecord({ groups })]).text).toContain(text);
  });

  it.each([
    ['new', '2', 'api version 2, the new version: 25 %'],
    ['old', '1', 'api version 1, the old version: 25 %'],
    ['another', '7', 'api version 7: 25 %'],
  ])('of a function names the %s version by its dimension', (_, value, text) => {
    const reading = red({ name: 'api-errors', dimensions: [{ name: 'ExecutedVersion', value }] });

    expect(reasonOf(reading, [ecsRecord(), lambdaRecord()]).text).toContain(text);
  });
});

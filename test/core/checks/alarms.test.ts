import { describe, expect, it } from 'vitest';
import { type AlarmReading, checkAlarms } from '../../../core/checks/alarms.ts';
import { codesOf } from '../fixture.ts';

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
      checkAlarms(['web-errors'], [alarm({ state })], 'under-way', () => false).verdict;
    expect(silent('INSUFFICIENT_DATA')).toBe('pass');
    expect(silent('ALARM')).toBe('fail');
  });

  it('names every alarm that is red, and passes when there is none to watch', () => {
    const both = [alarm({ state: 'ALARM' }), alarm({ name: 'api-errors', state: 'ALARM' })];
    expect(checkAlarms(['web-errors', 'api-errors'], both, 'under-way').reasons).toHaveLength(2);
    expect(checkAlarms([], [], 'under-way').verdict).toBe('pass');
  });
});

import { describe, expect, it } from 'vitest';
import { type AlarmStep, asItWas, mayHaveBeenRed } from '../../../core/alarms/alarm-past.ts';
import { type AlarmReading, checkAlarms } from '../../../core/alarms/alarms.ts';

const at = (clock: string) => `2026-11-23T08:${clock}.000Z`;

const alarm: AlarmReading = {
  name: 'web-errors',
  state: 'OK',
  stateReason: 'all is well',
  since: at('00:50'),
  compared: { metric: '% of answers failed', threshold: 5, seconds: 60, figure: 1 },
  dimensions: [],
};

const turned = (clock: string, state: string, more: Partial<AlarmStep> = {}): AlarmStep => ({
  at: at(clock),
  state,
  stateReason: `it is ${state}`,
  ...more,
});

describe('an alarm that is not red', () => {
  it.each([
    ['has changed since the last look', at('00:00'), {}, true],
    ['changed in the moment of the last look', at('00:50'), {}, true],
    ['has not changed since the last look', at('01:00'), {}, false],
    ['is looked at for the first time', undefined, {}, false],
    ['is red now, which says enough', at('00:00'), { state: 'ALARM' }, false],
    ['changed nobody knows when', at('00:00'), { since: '' }, false],
  ])('may have been red in between: %s', (_, seen, change, may) => {
    expect(mayHaveBeenRed({ ...alarm, ...change }, seen)).toBe(may);
  });

  it('counts as red if it was in between, and is told with how long', () => {
    const steps = [turned('00:30', 'ALARM', { figure: 25 }), turned('00:50', 'OK')];

    const was = asItWas(alarm, steps, at('00:00'));
    const { verdict, reasons } = checkAlarms(['web-errors'], [was], 'under-way');

    expect(verdict).toBe('fail');
    expect(reasons).toEqual([
      {
        code: 'alarm-red',
        text: '25 % of answers failed in 1 minute, threshold 5. Alarm web-errors was red for 20 seconds from 2026-11-23 08:00:30 UTC on',
        figures: { figure: 25, threshold: 5 },
        quote: 'it is ALARM',
      },
    ]);
  });

  it('is not told with the figure of now', () => {
    const was = asItWas(alarm, [turned('00:30', 'ALARM')], at('00:00'));

    expect(was.compared).not.toHaveProperty('figure');
    expect(was.until).toBe(alarm.since);
  });

  it('is as it is if it only had no data, or was red before the last look', () => {
    const steps = [turned('00:10', 'ALARM'), turned('00:20', 'INSUFFICIENT_DATA')];

    expect(asItWas(alarm, steps, at('00:15'))).toBe(alarm);
    expect(asItWas(alarm, [turned('00:50', 'OK')], at('00:15'))).toBe(alarm);
  });
});

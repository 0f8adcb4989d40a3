import { expect, it } from 'vitest';
import { ageText, clockText, timeText } from '../../../core/text/durations.ts';
import { minutes, seconds } from '../../../core/text/time.ts';

it.each([
  [0, '00:00', '0 s'],
  [-seconds(3), '00:00', '0 s'],
  [seconds(59.9), '00:59', '59 s'],
  [minutes(8) + seconds(12), '08:12', '8 min'],
  [minutes(68) + seconds(5), '1:08:05', '1 h'],
  [minutes(49 * 60 + 8), '2 d 01:08:00', '2 d'],
])('%i milliseconds are %s, and %s old', (duration, clock, age) => {
  expect(clockText(duration)).toBe(clock);
  expect(ageText(duration)).toBe(age);
});

it('tells the time of a moment in UTC, as records do', () => {
  expect(timeText(Date.parse('2026-11-23T09:05:07.900Z'))).toBe('09:05:07 UTC');
});

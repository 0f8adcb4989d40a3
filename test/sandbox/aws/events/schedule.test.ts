import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../../packages/sandbox/aws/events/schedule.ts';

/** A Monday. */
const now = Date.parse('2026-01-05T09:00:00Z');
const next = (expression: string, after = now) => {
  const time = parseSchedule(expression)(after);
  return time === undefined ? undefined : `${new Date(time).toISOString().slice(0, 16)}Z`;
};

describe('schedule expressions', () => {
  it.each([
    ['rate(1 minute)', '2026-01-05T09:01Z'],
    ['rate(5 minutes)', '2026-01-05T09:05Z'],
    ['rate(2 days)', '2026-01-07T09:00Z'],
    ['cron(0/15 * * * ? *)', '2026-01-05T09:15Z'],
    ['cron(0 9 * * ? *)', '2026-01-06T09:00Z'],
    ['cron(30 8,18 * * ? *)', '2026-01-05T18:30Z'],
    ['cron(0 0 1 * ? *)', '2026-02-01T00:00Z'],
    ['cron(0 0 L * ? *)', '2026-01-31T00:00Z'],
    ['cron(0 10 ? * MON-FRI *)', '2026-01-05T10:00Z'],
    ['cron(0 8 ? * 2 *)', '2026-01-12T08:00Z'],
    ['cron(0 8 ? * SAT *)', '2026-01-10T08:00Z'],
    ['cron(0 8 ? * 6L *)', '2026-01-30T08:00Z'],
    ['cron(0 8 ? * TUE#2 *)', '2026-01-13T08:00Z'],
    ['cron(0 8 1W 8 ? *)', '2026-08-03T08:00Z'],
    ['cron(0 0 29 2 ? *)', '2028-02-29T00:00Z'],
    ['cron(0 12 1 JAN ? 2030)', '2030-01-01T12:00Z'],
    ['cron(0 12 1 1 ? 2020)', undefined],
  ])('%s fires next at %s', (expression, expected) => {
    expect(next(expression)).toBe(expected);
  });

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'cron(* * * * * *)',
    'cron(0 12 ? * ? *)',
    'cron(60 * * * ? *)',
    'cron(0 12 * * ?)',
    'cron(0 12 * JAX ? *)',
    'every(5 minutes)',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression)).toThrow('Parameter ScheduleExpression is not valid.');
  });
});

/** Schedule expressions: `rate(5 minutes)` and `cron(0 12 * * ? *)`, in UTC. */
import { AwsError } from '../../aws-error.ts';
import { parseCron } from './cron.ts';

/** Gives the first firing after a point in time (milliseconds), or `undefined` if there is none any more. */
export type Schedule = (after: number) => number | undefined;

const UNITS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

const rate = (text: string): Schedule | undefined => {
  const [, digits = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const value = Number(digits);
  const length = UNITS[unit];
  if (!length || value < 1 || (value === 1) === (plural === 's')) return undefined;
  return (after) => after + value * length;
};

/** Reads a schedule expression. Throws ValidationException, as PutRule does. */
export const parseSchedule = (expression: string): Schedule => {
  const [, kind, text = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const schedule = kind === 'rate' ? rate(text) : kind === 'cron' ? parseCron(text) : undefined;
  if (schedule) return schedule;
  throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
};

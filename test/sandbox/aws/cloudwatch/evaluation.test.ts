import { describe, expect, it } from 'vitest';
import { evaluateAlarm } from '../../../../packages/sandbox/aws/cloudwatch/alarms/evaluation.ts';

const VALUES: Record<string, number | undefined> = { '0': 0, X: 1, '-': undefined };

/** `points` as in AWS's guide: the newest on the right, 0 good, X breaching, - missing. */
const stateOf = (points: string, datapointsToAlarm: number, treatMissingData: any) =>
  evaluateAlarm(
    points.split(' ').map((sign, index) => ({ time: index * 60_000, value: VALUES[sign] })),
    {
      evaluationPeriods: 3,
      datapointsToAlarm,
      treatMissingData,
      breaches: (value) => value > 0,
    },
  ).state ?? 'retain';

describe("the tables of AWS's guide on missing data", () => {
  it.each([
    // points, of 3, missing, ignore, breaching, notBreaching
    ['0 - X - X', 3, 'OK', 'OK', 'OK', 'OK'],
    ['0 - - - -', 3, 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 3, 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
    ['0 X X - X', 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 3, 'ALARM', 'retain', 'ALARM', 'OK'],
    ['0 - X - X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 2, 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 2, 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 2, 'ALARM', 'retain', 'ALARM', 'OK'],
  ])('%s with %i of 3', (points, needed, missing, ignore, breaching, notBreaching) => {
    expect(stateOf(points, needed, 'missing')).toBe(missing);
    expect(stateOf(points, needed, 'ignore')).toBe(ignore);
    expect(stateOf(points, needed, 'breaching')).toBe(breaching);
    expect(stateOf(points, needed, 'notBreaching')).toBe(notBreaching);
  });

  it.each(['- - - - X', '- - - X -'])('%s is no premature alarm with 3 of 3', (points) => {
    expect(stateOf(points, 3, 'missing')).not.toBe('ALARM');
  });
});

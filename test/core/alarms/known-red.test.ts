import { describe, expect, it } from 'vitest';
import type { AlarmReading } from '../../../core/alarms/alarms.ts';
import { hasCalmed, isExcused, underRedOf, withCalmed } from '../../../core/alarms/known-red.ts';
import { checkWanted } from '../../../core/checks/input.ts';
import { endLetter } from '../../../core/people/messages.ts';
import { summaryOf } from '../../../core/people/summary.ts';
import { ReleaseInput } from '../../../core/release/input.ts';
import { underRedText } from '../../../core/release/under-red-words.ts';
import {
  api,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  record,
  registration,
  web,
} from '../fixture.ts';

const underRed = {
  reason: 'it ends the errors',
  alarms: ['api-errors', 'web-errors'],
  excused: ['api-errors'],
};

const group = (name: string) => `arn:aws:elasticloadbalancing:r:a:targetgroup/${name}/1`;
const alarms = ['web-one', 'web-two', 'web-errors'];
const fixing = (change: Parameters<typeof record>[0] = {}) =>
  record({
    underRed,
    targets: [
      ecsRecord({
        registration: web({ alarms, targetGroups: [group('one'), group('two')] }),
        groups: { [group('one')]: 'web:1', [group('two')]: 'web:2' },
      }),
      lambdaRecord({
        registration: api({ versionAlarms: { blue: ['api-blue'], green: ['api-green'] } }),
      }),
    ],
    ...change,
  });

const alarm = (name: string, targetGroup?: string): AlarmReading => ({
  name,
  state: 'ALARM',
  stateReason: 'bad',
  since: momentAfter(1),
  dimensions: targetGroup
    ? [{ name: 'TargetGroup', value: `targetgroup/${targetGroup}/1` }]
    : [{ name: 'FunctionName', value: 'storefront-api' }],
});

describe('a release under red alarms', () => {
  it.each([
    ['one that was red at the start', alarm('api-errors'), true],
    ['one that was red at the start and has been OK', alarm('web-errors'), false],
    ["one of blue's version", alarm('api-blue'), true],
    ["one of green's version", alarm('api-green'), false],
    ["one of blue's target group", alarm('web-one', 'one'), true],
    ["one of green's target group", alarm('web-two', 'two'), false],
  ])('excuses %s: %o', (_, reading, excused) => {
    expect(isExcused(fixing(), reading)).toBe(excused);
    expect(isExcused({ ...fixing(), underRed: undefined }, reading)).toBe(false);
  });

  it('lets an alarm guard again once it has been OK, and not while it only lacks data', () => {
    const step = (state: string) => ({ at: momentAfter(2), state, stateReason: '' });
    const release = fixing();
    expect(hasCalmed(release, alarm('a'), [step('INSUFFICIENT_DATA'), step('ALARM')])).toBe(false);
    expect(hasCalmed(release, alarm('a'), [step('OK'), step('ALARM')])).toBe(true);
    expect(hasCalmed(release, { ...alarm('a'), state: 'OK' }, [])).toBe(true);
    expect(withCalmed(fixing(), ['api-errors']).underRed).toEqual({ ...underRed, excused: [] });
  });

  it('lets the alarms of the new version of a function guard once they are not red: before they watched another one', () => {
    const step = { at: momentAfter(2), state: 'INSUFFICIENT_DATA', stateReason: '' };
    expect(hasCalmed(fixing(), alarm('api-green'), [step])).toBe(true);
    expect(hasCalmed(fixing(), alarm('api-green'), [])).toBe(false);
    expect(hasCalmed(fixing(), alarm('api-blue'), [step])).toBe(false);
  });

  it('is told in the summary and the e-mail of its end', () => {
    const summary = summaryOf(fixing({ end: 'Promoted' }));
    expect(summary).toMatchObject({
      underRedAlarms: { reason: 'it ends the errors', alarms: ['api-errors', 'web-errors'] },
    });
    expect(endLetter(summary).text).toContain(
      'Released under red alarms api-errors, web-errors: it ends the errors.',
    );
  });

  it('takes a reason of a person, and none of a push', () => {
    const input = {
      pair: 'storefront',
      requestedBy: 'ada',
      targets: { api: { version: '2' } },
      underRedAlarms: 'it ends the errors',
    };
    expect(underRedText(underRedOf({ underRedAlarms: 'why\nnot' }, [], momentAfter(0))!)).toBe(
      'Allowed under red alarms, none was red: why not',
    );
    expect(ReleaseInput.safeParse({ ...input, underRedAlarms: ' ' }).success).toBe(false);
    expect(checkWanted(ReleaseInput.parse(input), registration())).toEqual([]);
    const pushed = ReleaseInput.parse({ ...input, eventId: 'event-1' });
    expect(checkWanted(pushed, registration())[0]?.text).toContain('never a push');
  });
});

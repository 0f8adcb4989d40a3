import { describe, expect, it } from 'vitest';
import { checkAlarmsGuard } from '../../../core/alarms/alarm-guard.ts';
import type { AlarmReading } from '../../../core/alarms/alarms.ts';
import { api, codesOf, web } from '../fixture.ts';

const balancing = 'arn:aws:elasticloadbalancing:us-east-1:111122223333';
const service = web({
  productionListener: `${balancing}:listener/app/storefront/1/2`,
  targetGroups: [`${balancing}:targetgroup/one/3`, `${balancing}:targetgroup/two/4`],
});
const watched = {
  LoadBalancer: 'app/storefront/1',
  TargetGroup: 'targetgroup/one/3',
};
const invoked = { FunctionName: 'storefront-api', Resource: 'storefront-api:live' };

const alarm = (name: string, dimensions: Readonly<Record<string, string>>): AlarmReading => ({
  name,
  state: 'OK',
  stateReason: 'all is well',
  since: '2026-11-23T08:00:00Z',
  dimensions: Object.entries(dimensions).map(([dimension, value]) => ({ name: dimension, value })),
});

/** What is said of a service with an alarm on each of its target groups, the first one as given. */
const ofService = (dimensions: Readonly<Record<string, string>>) =>
  checkAlarmsGuard({ targets: { web: { ...service, alarms: ['one-errors', 'two-errors'] } } }, [
    alarm('one-errors', dimensions),
    alarm('two-errors', { ...watched, TargetGroup: 'targetgroup/two/4' }),
  ]);

const ofFunction = (dimensions: Readonly<Record<string, string>>, followed = true) =>
  checkAlarmsGuard(
    {
      targets: {
        api: api({
          alarms: ['api-errors'],
          versionAlarms: { blue: [], green: followed ? ['api-errors'] : [] },
        }),
      },
    },
    [alarm('api-errors', dimensions)],
  );

describe('checkAlarmsGuard', () => {
  it('takes alarms that watch what the registration names', () => {
    expect(ofService(watched).verdict).toBe('pass');
    expect(ofFunction({ ...invoked, ExecutedVersion: '1' }).verdict).toBe('pass');
    expect(ofFunction(invoked, false).verdict).toBe('pass');
  });

  it('leaves to the team what it watches beside: its own metrics, composite alarms', () => {
    expect(ofFunction({ Shop: 'storefront' }, false).verdict).toBe('pass');
    expect(ofFunction({ AlarmRule: 'ALARM(a) OR ALARM(b)' }, false).verdict).toBe('pass');
    const more = { ...service, alarms: ['one-errors', 'two-errors', 'queue', 'all'] };
    const own = [
      alarm('one-errors', watched),
      alarm('two-errors', { ...watched, TargetGroup: 'targetgroup/two/4' }),
      alarm('queue', { QueueName: 'orders' }),
      alarm('all', { AlarmRule: 'ALARM(one-errors)' }),
    ];
    expect(checkAlarmsGuard({ targets: { web: more } }, own).verdict).toBe('pass');
  });

  it('takes declared alarms of the team whatever they watch, and misses those that are not there', () => {
    const declared = api({ alarms: [], ownAlarms: ['fatal-lines'] });
    const check = (alarms: readonly AlarmReading[]) =>
      checkAlarmsGuard({ targets: { api: declared } }, alarms);
    expect(check([alarm('fatal-lines', {})]).verdict).toBe('pass');
    expect(check([alarm('fatal-lines', { FunctionName: 'another' })]).verdict).toBe('pass');
    expect(check([]).reasons).toMatchObject([{ code: 'alarm-missing' }]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['nothing', {}, 'Alarm one-errors watches no dimension'],
    [
      'another balancer',
      { ...watched, LoadBalancer: 'app/nobody/0' },
      'watches LoadBalancer app/nobody/0, but web is app/storefront/1',
    ],
    [
      'another target group',
      { ...watched, TargetGroup: 'targetgroup/nobody/0' },
      'but web is targetgroup/one/3 and targetgroup/two/4',
    ],
    [
      'the same target group as another one',
      { ...watched, TargetGroup: 'targetgroup/two/4' },
      'No alarm watches targetgroup/one/3 of web',
    ],
  ])('refuses an alarm of a service that watches %s', (_, dimensions, sentence) => {
    const { reasons } = ofService(dimensions);
    expect(codesOf(reasons)).toContain('alarm-missing');
    expect(reasons.map(({ text }) => text).join(' ')).toContain(sentence);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'another function',
      { ...invoked, FunctionName: 'other', ExecutedVersion: '1' },
      'watches FunctionName other, but api is storefront-api',
    ],
    [
      'another alias',
      { ...invoked, Resource: 'storefront-api:beta', ExecutedVersion: '1' },
      'watches Resource storefront-api:beta, but api is storefront-api:live',
    ],
    ['no version', invoked, 'should follow the versions of api, but lacks ExecutedVersion'],
    [
      'a version of no function',
      { ExecutedVersion: '1' },
      'should follow the versions of api, but lacks FunctionName, Resource',
    ],
  ])('refuses an alarm of a version that watches %s', (_, dimensions, sentence) => {
    const { reasons } = ofFunction(dimensions);
    expect(codesOf(reasons)).toEqual(['alarm-missing']);
    expect(reasons[0]?.text).toContain(sentence);
  });

  it('misses an alarm that only the versions name', () => {
    const half = api({ alarms: [], versionAlarms: { blue: ['api-blue'], green: [] } });
    expect(codesOf(checkAlarmsGuard({ targets: { api: half } }, []).reasons)).toEqual([
      'alarm-missing',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { observedOf, type ShownDeployment } from '../../../core/drivers/codedeploy/observed.ts';
import { SERVICE_HOLDS } from '../../../core/drivers/codedeploy-ecs/holds.ts';
import { FUNCTION_HOLDS } from '../../../core/drivers/codedeploy-lambda/holds.ts';
import type { DeploymentState } from '../../../core/drivers/deployment.ts';

const shown = (change: Partial<ShownDeployment> = {}): ShownDeployment => ({
  id: 'd-1',
  status: 'InProgress',
  events: {},
  terminationWait: false,
  ...change,
});

const events = (...names: readonly (readonly [string, string])[]): Partial<ShownDeployment> => ({
  events: Object.fromEntries(names.map(([name, status]) => [name, { status, startedAt: 7 }])),
});

describe('the state of a deployment of a service', () => {
  it.each<[DeploymentState, Partial<ShownDeployment>]>([
    ['coming-up', { status: 'Created' }],
    ['coming-up', events(['BeforeInstall', 'InProgress'])],
    // The wait of a service is a status of its own; the check in this hook is over in seconds.
    ['coming-up', events(['BeforeAllowTraffic', 'InProgress'])],
    ['held-before', { status: 'Ready', ...events(['AllowTraffic', 'Pending']) }],
    ['shifting', events(['AllowTraffic', 'InProgress'])],
    ['shifting', events(['AllowTraffic', 'Succeeded'])],
    ['held-after', events(['AllowTraffic', 'Succeeded'], ['AfterAllowTraffic', 'InProgress'])],
    ['committed', { terminationWait: true, ...events(['AfterAllowTraffic', 'InProgress']) }],
    ['done', { status: 'Succeeded', terminationWait: true }],
    ['lost', { status: 'Failed', terminationWait: true }],
    ['lost', { status: 'Stopped', ...events(['AfterAllowTraffic', 'InProgress']) }],
    ['coming-up', { status: 'SomethingNew' }],
  ])('is %s (%j)', (state, change) => {
    expect(observedOf(shown(change), SERVICE_HOLDS).state).toBe(state);
  });
});

it('a function is held before its shift by a hook', () => {
  const held = shown(events(['BeforeAllowTraffic', 'InProgress']));

  expect(observedOf(held, FUNCTION_HOLDS)).toMatchObject({
    state: 'held-before',
    holds: { start: { open: true, since: 7 } },
  });
});

it('a hold that has not begun is not shown', () => {
  const pending = shown({ events: { AfterAllowTraffic: { status: 'Pending' } } });

  expect(observedOf(pending, SERVICE_HOLDS).holds).toEqual({});
});

it.each([
  ['alarm', { status: 'Stopped', error: { code: 'ALARM_ACTIVE', message: 'red' } }],
  ['alarm', { status: 'Failed', error: { code: 'ALARM_ACTIVE', message: 'red' } }],
  ['timeout', { status: 'Stopped', error: { code: 'TIMEOUT', message: 'late' } }],
  ['failure', { status: 'Failed', error: { code: 'TIMEOUT', message: 'late' } }],
  ['failure', { status: 'Failed' }],
  ['stop', { status: 'Stopped' }],
])('by %s a deployment is lost that is %j', (by, change) => {
  expect(observedOf(shown(change), SERVICE_HOLDS).lost?.by).toBe(by);
});

it('traffic has not moved only where its event is still pending', () => {
  const of = (status: string) =>
    observedOf(shown(events(['AllowTraffic', status])), SERVICE_HOLDS).unmoved;

  expect([of('Pending'), of('InProgress')]).toEqual([true, undefined]);
  expect(observedOf(shown(), SERVICE_HOLDS).unmoved).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import { type AliasReading, checkAlias } from '../../../core/checks/alias.ts';
import { checkGroup, type GroupReading } from '../../../core/checks/group.ts';
import { checkService, type ServiceReading } from '../../../core/checks/service.ts';
import {
  checkSideBySide,
  checkVersion,
  type VersionReading,
} from '../../../core/checks/version.ts';
import type { Curve } from '../../../core/curve.ts';
import type { Verdict } from '../../../core/verdict.ts';
import { api, codesOf, web } from '../fixture.ts';

describe('checkAlias', () => {
  const reading: AliasReading = {
    exists: true,
    version: '7',
    weighted: false,
  };

  it.each<[string, Partial<AliasReading>, readonly string[]]>([
    ['on one published version', {}, []],
    ['that is not there', { exists: false }, ['target-missing']],
    ['that is split', { weighted: true }, ['already-shifting']],
    ['on $LATEST', { version: '$LATEST' }, ['target-unhealthy']],
  ])('of an alias %s', (_, change, codes) => {
    expect(codesOf(checkAlias(api(), { ...reading, ...change }).reasons)).toEqual(codes);
  });
});

describe('checkSideBySide', () => {
  const settings = { role: 'arn:aws:iam::111122223333:role/api', deadLetters: undefined };
  const canary = { type: 'canary', percent: 10, minutes: 5 } as const;
  const found = (change: object, curve: Curve = canary) =>
    checkSideBySide(api(), curve, settings, { ...settings, ...change }).reasons;

  it('finds a role or a dead-letter queue that the two versions do not share', () => {
    expect(found({})).toEqual([]);
    expect(found({ role: 'arn:aws:iam::111122223333:role/other' })[0]?.text).toContain(
      'another execution role than',
    );
    expect(found({ deadLetters: 'arn:aws:sqs:us-east-1:111122223333:dead' })[0]?.code).toBe(
      'versions-unlike',
    );
  });

  it('finds nothing where traffic moves at once', () => {
    expect(
      found({ role: 'arn:aws:iam::111122223333:role/other' }, { type: 'all-at-once' }),
    ).toEqual([]);
  });
});

describe('checkVersion', () => {
  const reading: VersionReading = { state: 'Active', lastUpdate: 'Successful', why: '' };

  it.each<[string, Partial<VersionReading>, Verdict['verdict'], string | undefined]>([
    ['that is well', {}, 'pass', undefined],
    ['that sleeps', { state: 'Inactive' }, 'pass', undefined],
    [
      'that failed',
      { state: 'Failed', why: 'no address is left' },
      'fail',
      '7 of storefront-api is in state Failed: no address is left',
    ],
    [
      'whose update failed',
      { lastUpdate: 'Failed' },
      'fail',
      '7 of storefront-api could not be updated',
    ],
    ['that is being made', { state: 'Pending' }, 'inconclusive', 'is still being made'],
    ['that is being updated', { lastUpdate: 'InProgress' }, 'inconclusive', 'being updated'],
  ])('of a version %s', (_, change, verdict, text) => {
    const found = checkVersion(api(), '7', { ...reading, ...change });
    expect(found.verdict).toBe(verdict);
    if (text) expect(found.reasons[0]?.text).toContain(text);
  });
});

describe('checkService', () => {
  const taskSet = { status: 'PRIMARY', running: 2, targetGroup: 'targetgroup/one' };
  const reading: ServiceReading = {
    exists: true,
    controller: 'CODE_DEPLOY',
    desired: 2,
    taskSets: [taskSet],
    weights: [
      { targetGroup: 'targetgroup/one', weight: 100 },
      { targetGroup: 'targetgroup/two', weight: 0 },
    ],
    testListenerExists: true,
    healthy: 2,
    containers: [
      { name: 'app', ports: [9090, 8080] },
      { name: 'sidecar', ports: [] },
    ],
  };

  it.each<[string, Partial<ServiceReading>, readonly string[]]>([
    ['that is well', {}, []],
    [
      'on the other target group',
      {
        weights: [{ targetGroup: 'targetgroup/two', weight: 1 }],
        taskSets: [{ ...taskSet, targetGroup: 'targetgroup/two' }],
      },
      [],
    ],
    ['that is not there', { exists: false }, ['target-missing']],
    ['with another controller', { controller: 'ECS' }, ['target-unhealthy']],
    ['without its test listener', { testListenerExists: false }, ['target-missing']],
    [
      'without its container',
      { containers: [{ name: 'sidecar', ports: [8080] }] },
      ['target-missing'],
    ],
    [
      'whose container listens elsewhere',
      { containers: [{ name: 'app', ports: [80] }] },
      ['target-missing'],
    ],
    [
      'whose traffic is split',
      {
        weights: [
          { targetGroup: 'targetgroup/one', weight: 9 },
          { targetGroup: 'targetgroup/two', weight: 1 },
        ],
      },
      ['already-shifting'],
    ],
    ['whose traffic goes nowhere', { weights: [] }, ['already-shifting']],
    [
      'whose traffic goes elsewhere',
      { weights: [{ targetGroup: 'targetgroup/three', weight: 1 }] },
      ['target-unhealthy'],
    ],
    [
      'whose primary task set gets no traffic',
      { taskSets: [{ ...taskSet, targetGroup: 'targetgroup/two' }] },
      ['target-unhealthy'],
    ],
    ['without a primary task set', { taskSets: [] }, ['target-unhealthy']],
    ['that runs too few tasks', { taskSets: [{ ...taskSet, running: 1 }] }, ['target-unhealthy']],
    ['without a healthy task', { healthy: 0 }, ['target-unhealthy']],
  ])('of a service %s', (_, change, codes) => {
    expect(codesOf(checkService(web(), { ...reading, ...change }).reasons)).toEqual(codes);
  });

  it('lets users go back from a service that is ill, but not from one whose traffic is split', () => {
    expect(checkService(web(), { ...reading, healthy: 0 }, true).verdict).toBe('pass');
    expect(checkService(web(), { ...reading, weights: [] }, true).verdict).toBe('fail');
  });
});

describe('checkGroup', () => {
  const balancing = 'arn:aws:elasticloadbalancing:us-east-1:111122223333';
  const service = web({
    productionListener: `${balancing}:listener/app/storefront/1/2`,
    testListener: `${balancing}:listener/app/storefront/1/3`,
    targetGroups: [`${balancing}:targetgroup/one/4`, `${balancing}:targetgroup/two/5`],
  });
  const reading: GroupReading = {
    exists: true,
    computePlatform: 'ECS',
    services: [{ cluster: 'storefront', service: 'web' }],
    targetGroups: ['two', 'one'],
    productionListeners: [service.productionListener],
    testListeners: [service.testListener],
    onReady: 'STOP_DEPLOYMENT',
    readyWaitMinutes: 120,
    terminationWaitMinutes: 60,
    alarms: ['web-errors', 'api-errors'],
    rollbackEvents: [
      'DEPLOYMENT_FAILURE',
      'DEPLOYMENT_STOP_ON_ALARM',
      'DEPLOYMENT_STOP_ON_REQUEST',
    ],
  };
  const policy = { approvalMinutes: 60, guardMinutes: 5, asks: true };

  it.each<[string, Partial<GroupReading>, number]>([
    ['that holds what must be held', {}, 0],
    ['that is not there', { exists: false }, 1],
    [
      'that does not roll back on request',
      { rollbackEvents: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
      1,
    ],
    ['that does not watch the alarm', { alarms: ['api-errors'] }, 1],
    ['of another platform', { computePlatform: 'Lambda', alarms: [] }, 1],
    ['of another service', { services: [{ cluster: 'storefront', service: 'admin' }] }, 1],
    ['of another cluster', { services: [{ cluster: 'default', service: 'web' }] }, 1],
    ['of no service', { services: [] }, 1],
    ['of other target groups', { targetGroups: ['one', 'three'] }, 1],
    ['with another production listener', { productionListeners: [service.testListener] }, 1],
    ['with another test listener', { testListeners: [service.productionListener] }, 1],
    ['without a test listener', { testListeners: [] }, 1],
    ['that does not wait at READY', { onReady: 'CONTINUE_DEPLOYMENT' }, 1],
    ['that waits at READY for less than people get', { readyWaitMinutes: 60 }, 1],
    ['that keeps blue for less than the guard', { terminationWaitMinutes: 5 }, 1],
    [
      'with every fault at once',
      {
        alarms: [],
        rollbackEvents: [],
        onReady: '',
        readyWaitMinutes: 0,
        terminationWaitMinutes: 0,
      },
      5,
    ],
  ])('of the group of a service %s', (_, change, faults) => {
    const { verdict, reasons } = checkGroup(service, { ...reading, ...change }, policy);
    expect([reasons.length, verdict]).toEqual([faults, faults > 0 ? 'fail' : 'pass']);
  });

  it('asks of a function only what a function has', () => {
    const bare = {
      ...reading,
      computePlatform: 'Lambda',
      services: [],
      targetGroups: [],
      productionListeners: [],
      testListeners: [],
      onReady: '',
      readyWaitMinutes: 0,
      terminationWaitMinutes: 0,
    };
    expect(checkGroup(api(), bare, policy).verdict).toBe('pass');
  });

  it('needs no long wait at READY when nobody is asked', () => {
    const short = { ...reading, readyWaitMinutes: 10 };
    expect(checkGroup(service, short, { ...policy, asks: false }).verdict).toBe('pass');
  });
});

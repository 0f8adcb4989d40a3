import { describe, expect, it } from 'vitest';
import { maySettle } from '../../../core/checks/patience.ts';
import { checkGroup, type GroupReading } from '../../../core/drivers/codedeploy/group.ts';
import type { ListenerAction } from '../../../core/drivers/codedeploy-ecs/forwarding.ts';
import { checkServiceGroup } from '../../../core/drivers/codedeploy-ecs/group.ts';
import {
  checkService,
  type ListenerReading,
  type ServiceReading,
} from '../../../core/drivers/codedeploy-ecs/service.ts';
import { type AliasReading, checkAlias } from '../../../core/drivers/codedeploy-lambda/alias.ts';
import {
  checkSideBySide,
  checkVersion,
  type VersionReading,
} from '../../../core/drivers/codedeploy-lambda/version.ts';
import type { Curve } from '../../../core/release/curve.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail, pass, type Verdict } from '../../../core/release/verdict.ts';
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
      '7 of storefront-api is in state Failed: no address is left. Lambda publishes no other version',
    ],
    [
      'that failed, and how to get another one',
      { state: 'Failed' },
      'fail',
      'aws lambda delete-function --function-name storefront-api --qualifier 7',
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

describe('maySettle', () => {
  const few = (figures: Readonly<Record<string, number>>) =>
    fail(reason('target-unhealthy', 'too few tasks', { figures }));

  it.each([
    ['too few tasks, some of them healthy', few({ running: 2, desired: 3, healthy: 2 }), true],
    ['no healthy task', few({ running: 1, desired: 2, healthy: 0 }), false],
    [
      'something else too',
      fail(...few({ running: 2, desired: 3, healthy: 2 }).reasons, reason('busy', 'x')),
      false,
    ],
    ['another fault of a target', fail(reason('target-unhealthy', 'x')), false],
    ['nothing', pass, false],
  ])('of %s: %o', (_, verdict, may) => {
    expect(maySettle(verdict)).toBe(may);
  });
});

describe('checkService', () => {
  /** A listener whose default action has these weights. */
  const forwardTo = (
    weights: Readonly<Record<string, number>>,
    change: Partial<ListenerAction> = {},
  ): ListenerAction => ({
    rule: 'default',
    type: 'forward',
    groups: Object.entries(weights).map(([name, weight]) => ({
      targetGroup: `targetgroup/${name}`,
      weight,
    })),
    hosts: [],
    ...change,
  });
  const listener = (
    weights: Readonly<Record<string, number>>,
    change: Partial<ListenerAction> = {},
  ): ListenerReading => ({ protocol: 'HTTP', actions: [forwardTo(weights, change)] });
  const notFound: ListenerAction = {
    rule: 'default',
    type: 'fixed-response',
    groups: [],
    hosts: [],
  };
  /** A listener that leads to a service by a rule for a host, and answers all else itself. */
  const ruled = (
    weights: Readonly<Record<string, number>>,
    change: Partial<ListenerReading> = {},
  ): ListenerReading => ({
    protocol: 'HTTPS',
    actions: [
      forwardTo({ other: 1 }, { rule: '5', hosts: ['office.example.com'] }),
      forwardTo(weights, { rule: '10', hosts: ['*.Example.com'] }),
      notFound,
    ],
    ...change,
  });
  const hidden = { production: ruled({ one: 100, two: 0 }), test: ruled({ two: 1 }) };

  const taskSet = { status: 'PRIMARY', running: 2, targetGroup: 'targetgroup/one' };
  const reading: ServiceReading = {
    exists: true,
    controller: 'CODE_DEPLOY',
    desired: 2,
    taskSets: [taskSet],
    production: listener({ one: 100, two: 0 }),
    test: listener({ two: 1 }),
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
        production: listener({ two: 1 }),
        taskSets: [{ ...taskSet, targetGroup: 'targetgroup/two' }],
      },
      [],
    ],
    ['that is not there', { exists: false }, ['target-missing']],
    ['with another controller', { controller: 'ECS' }, ['target-unhealthy']],
    ['without its test listener', { test: undefined }, ['target-missing']],
    ['without its production listener', { production: undefined }, ['target-missing']],
    ['whose test listener leads elsewhere', { test: listener({ three: 1 }) }, ['target-unhealthy']],
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
        production: listener({ one: 9, two: 1 }),
      },
      ['already-shifting'],
    ],
    [
      'whose actions lead to two groups',
      {
        production: {
          protocol: 'HTTP',
          actions: [forwardTo({ two: 1 }, { rule: '10' }), forwardTo({ one: 1 })],
        },
      },
      ['already-shifting'],
    ],
    [
      'whose actions agree',
      {
        production: {
          protocol: 'HTTP',
          actions: [forwardTo({ one: 1, two: 0 }, { rule: '10' }), forwardTo({ one: 1 })],
        },
      },
      [],
    ],
    ['whose traffic goes nowhere', { production: listener({ one: 0 }) }, ['already-shifting']],
    ['whose traffic goes elsewhere', { production: listener({ three: 1 }) }, ['target-unhealthy']],
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

  it('lets users roll back from a service that is ill, but not from one whose traffic is split', () => {
    expect(checkService(web(), { ...reading, healthy: 0 }, { mayBeIll: true }).verdict).toBe(
      'pass',
    );
    const split = { ...reading, production: listener({ one: 1, two: 1 }) };
    expect(checkService(web(), split, { mayBeIll: true }).verdict).toBe('fail');
  });

  it('takes a service behind a rule of a shared balancer, by the name that its users use', () => {
    const shop = web({ host: 'shop.example.com' });
    expect(checkService(shop, { ...reading, ...hidden })).toEqual(pass);
  });

  it.each<[string, string | undefined, Partial<ServiceReading>, string]>([
    [
      'has no host on a listener of HTTPS',
      undefined,
      { test: { ...listener({ two: 1 }), protocol: 'HTTPS' } },
      'Test listener listener/test speaks HTTPS, and no certificate is for the own name of a load balancer: set host of target web to the name that users use',
    ],
    [
      'has no host, and a rule wants one',
      undefined,
      { production: ruled({ one: 1 }, { protocol: 'HTTP' }) },
      'Production listener listener/production leads to the service only for *.Example.com, and checks are sent for the own name of the load balancer: set host of target web to the name that users use',
    ],
    ['has a host that no rule wants', 'example.com', hidden, 'checks are sent for example.com'],
  ])('refuses a service that %s, unless users roll back to it', (_, host, change, text) => {
    const target = web(host === undefined ? {} : { host });
    const found = checkService(target, { ...reading, ...change });
    expect(codesOf(found.reasons)).toEqual(['host-not-served']);
    expect(found.reasons[0]?.text).toContain(text);
    expect(checkService(target, { ...reading, ...change }, { mayBeIll: true })).toEqual(pass);
  });

  it('names what a listener does that leads to neither group', () => {
    const elsewhere = ruled({ three: 1 });
    const { reasons } = checkService(web(), { ...reading, production: elsewhere });
    expect(reasons[0]?.text).toBe(
      'Production listener listener/production of web forwards to neither of its registered target groups: ' +
        'rule 5 forwards to targetgroup/other, rule 10 forwards to targetgroup/three, the default action is fixed-response',
    );
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
    const { verdict, reasons } = checkServiceGroup(service, { ...reading, ...change }, policy);
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
    expect(checkGroup(api(), 'Lambda', bare, []).verdict).toBe('pass');
  });

  it('needs no long wait at READY when nobody is asked', () => {
    const short = { ...reading, readyWaitMinutes: 10 };
    expect(checkServiceGroup(service, short, { ...policy, asks: false }).verdict).toBe('pass');
  });
});

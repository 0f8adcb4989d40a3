import { describe, expect, it } from 'vitest';
import { account } from './account.ts';

describe('alarms', () => {
  it('that are red already stop a deployment before any hook is called', async () => {
    const aws = account();
    aws.world.alarms.set('errors', 'ALARM');
    await aws.withLambda();

    const { status } = await aws.end(
      await aws.deployLambda('1', '2', { BeforeAllowTraffic: 'gate' }),
    );

    expect(status).toBe('Stopped');
    expect(aws.world.hookCalls).toEqual([]);
  });

  it('can be overridden for one deployment', async () => {
    const aws = account();
    aws.world.alarms.set('errors', 'ALARM');
    await aws.withLambda();

    const { status, overrideAlarmConfiguration } = await aws.end(
      await aws.deployLambda('1', '2', {}, { overrideAlarmConfiguration: { enabled: false } }),
    );

    expect(status).toBe('Succeeded');
    expect(overrideAlarmConfiguration).toEqual({ enabled: false });
  });

  it.each([
    [false, 'Stopped'],
    [true, 'Succeeded'],
  ])(
    'that cannot be read matter unless ignorePollAlarmFailure is %s',
    async (ignorePollAlarmFailure, expected) => {
      const aws = account();
      aws.world.alarms.clear();
      await aws.withLambda({
        alarmConfiguration: { enabled: true, ignorePollAlarmFailure, alarms: [{ name: 'errors' }] },
      });

      const { status } = await aws.end(await aws.deployLambda('1', '2'));

      expect(status).toBe(expected);
    },
  );

  it('without data stop nothing', async () => {
    const aws = account();
    aws.world.alarms.set('errors', 'INSUFFICIENT_DATA');
    await aws.withLambda();

    expect((await aws.end(await aws.deployLambda('1', '2'))).status).toBe('Succeeded');
  });

  it('are read every ten seconds', async () => {
    const aws = account();
    await aws.withLambda();
    const reads = aws.choke.inject({
      name: 'count',
      times: Number.POSITIVE_INFINITY,
      matches: ({ operation }) => operation === 'DescribeAlarms',
      effect: { kind: 'before', action: async () => undefined },
    });

    await aws.end(await aws.deployLambda('1', '2'));
    const during = reads.hits();
    await aws.pass(3600);

    expect(during).toBe(30);
    expect(reads.hits()).toBe(during);
  });

  it.each([
    [false, 'Succeeded', { version: '1', weights: {} }],
    [true, 'Stopped', { version: '1', weights: { 2: 0.1 } }],
  ])('block a rollback where AWS does so: %s', async (alarmBlocksRollback, expected, alias) => {
    const aws = account({ alarmBlocksRollback });
    await aws.withLambda();
    const id = await aws.deployLambda('1', '2');
    await aws.until(() => aws.world.aliasChanges.length === 1);

    aws.world.alarms.set('errors', 'ALARM');
    await aws.end(id);
    const rollback = await aws.rollbackOf(id);

    expect(rollback.status).toBe(expected);
    expect(rollback.rollbackInfo?.rollbackDeploymentId).toBeUndefined();
    expect(aws.world.alias).toEqual(alias);
  });
});

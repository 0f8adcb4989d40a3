import '../environment.ts';

import {
  CodeDeployClient,
  DeploymentDoesNotExistException,
  type DeploymentInfo,
  GetDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as onAlarm } from '../../../handlers/triggers/on-alarm.ts';
import { handler as onDeploymentChange } from '../../../handlers/triggers/on-deployment-change.ts';
import {
  api,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  record,
  registration,
  web,
} from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { event, invoke } from '../invoke.ts';

const OURS = 'tandem/storefront/storefront-1/web/forward/1';

const listening = record({
  phase: 'Shifting',
  listener: 'token-of-listen',
  signals: 3,
  times: { shifted: momentAfter(5) },
});

let account: Account;

beforeEach(async () => {
  account = await openAccount();
  account.register(registration());
  await account.release(listening);
});

describe('a changed deployment', () => {
  const change = event('codedeploy-state-change');

  const deployments = (...infos: readonly DeploymentInfo[]) => {
    const codedeploy = mockClient(CodeDeployClient);
    codedeploy.on(GetDeploymentCommand).callsFake(async ({ deploymentId }) => {
      const found = infos.find((info) => info.deploymentId === deploymentId);
      if (found) return { deploymentInfo: found };
      throw new DeploymentDoesNotExistException({ message: '', $metadata: {} });
    });
  };

  it('wakes the release that its marker names, and believes nothing of the event', async () => {
    deployments({ deploymentId: 'd-123456789', description: OURS });

    await invoke(onDeploymentChange, change);

    expect(account.completed()).toEqual([['token-of-listen', {}]]);
    const { listener: _, ...rest } = listening;
    expect(await account.recordOf('storefront-1')).toEqual({ ...rest, signals: 4 });
  });

  const inState = (state: string) => ({ ...change, detail: { ...change.detail, state } });
  const guarding = { ...listening, decision: 'promote', phase: 'Guarding' } as const;
  const verifying = { ...guarding, times: { ...guarding.times, guardEnded: momentAfter(20) } };
  const rollingBack = { ...listening, decision: 'rollback', phase: 'RollingBack' } as const;

  it.each([
    ['that has begun wakes nobody', 'START', listening, false],
    ['that is ready wakes the release', 'READY', listening, true],
    ['that fails in the guard wakes it', 'FAILURE', guarding, true],
    ['that is stopped in the guard wakes it', 'STOP', guarding, true],
    ['that succeeds in the guard wakes nobody', 'SUCCESS', guarding, false],
    ['that succeeds after the guard wakes it', 'SUCCESS', verifying, true],
    ['that has begun wakes a rollback', 'START', rollingBack, true],
    ['that succeeds wakes a rollback', 'SUCCESS', rollingBack, true],
    ['in a state that nobody knows wakes the release', 'BAKING', listening, true],
  ])('%s', async (_what, state, before, woken) => {
    deployments({ deploymentId: 'd-123456789', description: OURS });
    await account.release(before);

    expect(await invoke(onDeploymentChange, inState(state))).toEqual({ signalled: woken });
    expect(account.completed()).toHaveLength(woken ? 1 : 0);
    if (!woken) expect(await account.recordOf('storefront-1')).toEqual(before);
  });

  it("wakes it for CodeDeploy's own rollback of its deployment too", async () => {
    deployments(
      { deploymentId: 'd-1', description: OURS },
      {
        deploymentId: 'd-123456789',
        creator: 'codeDeployRollback',
        rollbackInfo: { rollbackTriggeringDeploymentId: 'd-1' },
      },
    );

    await invoke(onDeploymentChange, change);

    expect(account.completed()).toHaveLength(1);
  });

  it.each([
    ['nobody marked', { description: 'by hand' }],
    ['a release marked that nobody knows', { description: OURS.replace('front-1', 'front-9') }],
  ])('that %s wakes nobody', async (_what, info) => {
    deployments({ deploymentId: 'd-123456789', ...info });

    expect(await invoke(onDeploymentChange, change)).toEqual({ signalled: false });
    expect(account.completed()).toEqual([]);
  });

  it('wakes nobody when the release has ended', async () => {
    deployments({ deploymentId: 'd-123456789', description: OURS });
    await account.release({ ...listening, phase: 'Ended', end: 'Promoted' });

    await invoke(onDeploymentChange, change);

    expect((await account.recordOf('storefront-1')).signals).toBe(3);
  });
});

describe('a changed alarm', () => {
  const alarm = event('cloudwatch-alarm-state-change');

  it('wakes the releases that it guards, and remembers the first bad sign', async () => {
    await invoke(onAlarm, alarm);

    expect(account.completed()).toHaveLength(1);
    expect((await account.recordOf('storefront-1')).times.firstBadSign).toBe(alarm.time);
  });

  it('keeps the first bad sign when another one comes', async () => {
    await invoke(onAlarm, alarm);
    await invoke(onAlarm, { ...alarm, time: '2026-11-23T09:59:00Z' });

    expect((await account.recordOf('storefront-1')).times.firstBadSign).toBe(alarm.time);
  });

  it('is no bad sign while no user can have met green, nor when it turns green', async () => {
    const { shifted: _, ...times } = listening.times;
    await account.release({ ...listening, times });
    await invoke(onAlarm, alarm);
    expect((await account.recordOf('storefront-1')).times).not.toHaveProperty('firstBadSign');

    await account.release(listening);
    await invoke(onAlarm, { ...alarm, detail: { ...alarm.detail, state: { value: 'OK' } } });
    expect((await account.recordOf('storefront-1')).times).not.toHaveProperty('firstBadSign');
  });

  const turns = (value: string) => ({ ...alarm, detail: { ...alarm.detail, state: { value } } });

  it('is kept as a fact, whatever the history says when the release polls', async () => {
    await invoke(onAlarm, alarm);
    await invoke(onAlarm, { ...alarm, time: '2026-11-23T09:59:00Z' });

    expect((await account.recordOf('storefront-1')).wentRed).toEqual([
      { alarm: 'web-errors', at: alarm.time, why: alarm.detail.state.reason },
    ]);
  });

  it('that went red before users met green is no fact about green', async () => {
    await invoke(onAlarm, { ...alarm, time: momentAfter(-60) });

    expect(await account.recordOf('storefront-1')).not.toHaveProperty('wentRed');
  });

  const excusing = {
    ...listening,
    underRed: { reason: 'it fixes them', alarms: ['web-errors'], excused: ['web-errors'] },
  };

  it('that was red at the start wakes nobody when it is red again, and wakes when it is OK', async () => {
    await account.release(excusing);
    await invoke(onAlarm, turns('ALARM'));
    expect(account.completed()).toEqual([]);
    expect(await account.recordOf('storefront-1')).toEqual(excusing);

    await invoke(onAlarm, turns('OK'));
    expect(account.completed()).toHaveLength(1);
  });

  const group = (colour: string) => `arn:aws:elasticloadbalancing:r:a:targetgroup/${colour}/1`;
  const underRed = { reason: 'it fixes them', alarms: ['api-blue'], excused: [] };
  const replacing = record({
    ...listening,
    alarms: ['web-blue', 'web-green', 'api-blue', 'api-green'],
    underRed,
    targets: [
      ecsRecord({
        registration: web({
          alarms: ['web-blue', 'web-green'],
          targetGroups: [group('blue'), group('green')],
        }),
        groups: { [group('blue')]: 'web:1', [group('green')]: 'web:2' },
      }),
      lambdaRecord({
        registration: api({ versionAlarms: { blue: ['api-blue'], green: ['api-green'] } }),
      }),
    ],
  });
  const redOf = (alarmName: string, dimensions: Record<string, string>) => ({
    ...alarm,
    detail: {
      ...alarm.detail,
      alarmName,
      configuration: { metrics: [{ metricStat: { metric: { dimensions } } }, {}] },
    },
  });

  it.each([
    ['api-blue', { ExecutedVersion: '1' }, 0],
    ['api-green', { ExecutedVersion: '2' }, 1],
    ['web-blue', { TargetGroup: 'targetgroup/blue/1' }, 0],
    ['web-green', { TargetGroup: 'targetgroup/green/1' }, 1],
  ])(
    'under red alarms %s of %o wakes a release %i times: what it replaces is no sign against it',
    async (name, dimensions, times) => {
      await account.release(replacing);
      await invoke(onAlarm, redOf(name, dimensions));

      const { firstBadSign } = (await account.recordOf('storefront-1')).times;
      expect(account.completed()).toHaveLength(times);
      expect(firstBadSign).toBe(times === 0 ? undefined : alarm.time);
    },
  );

  it('of the old version wakes a release that nobody started under red alarms', async () => {
    const { underRed: _, ...usual } = replacing;
    await account.release(usual);
    await invoke(onAlarm, redOf('api-blue', { ExecutedVersion: '1' }));

    expect(account.completed()).toHaveLength(1);
  });

  it('that was red at the start is no fact when it is red again: the event may be an old one', async () => {
    await account.release({ ...excusing, underRed: { ...excusing.underRed, excused: [] } });
    await invoke(onAlarm, turns('ALARM'));

    expect(account.completed()).toHaveLength(1);
    expect(await account.recordOf('storefront-1')).not.toHaveProperty('wentRed');
  });

  it('that went red after the guard is none either', async () => {
    await account.release({
      ...listening,
      times: { ...listening.times, guardEnded: momentAfter(20) },
    });
    await invoke(onAlarm, turns('ALARM'));

    expect(await account.recordOf('storefront-1')).not.toHaveProperty('wentRed');
  });

  it.each(['Asking', 'Shifting', 'Guarding'] as const)(
    'that flaps for days in phase %s adds nothing to the history of the execution',
    async (phase) => {
      await account.release({ ...listening, phase });
      for (let flap = 0; flap < 200; flap += 1) {
        await invoke(onAlarm, turns('INSUFFICIENT_DATA'));
        await invoke(onAlarm, turns('OK'));
      }

      expect(account.completed()).toEqual([]);
      expect((await account.recordOf('storefront-1')).signals).toBe(listening.signals);
    },
  );

  it('that turns red wakes a release in any phase', async () => {
    await account.release({ ...listening, phase: 'Asking' });
    await invoke(onAlarm, turns('ALARM'));

    expect(account.completed()).toHaveLength(1);
  });

  const arrivals = { targets: { web: ecsRecord({ arrivedAt: momentAfter(10) }) } };

  it('that has data again wakes no release in its bake: it reads its alarms when that is over', async () => {
    await account.release({
      ...listening,
      ...arrivals,
      phase: 'Holding',
      alarmsSeen: momentAfter(17),
    });
    await invoke(onAlarm, turns('OK'));

    expect(account.completed()).toEqual([]);
  });

  it('that has data again wakes a release that may wait for data after its bake', async () => {
    await account.release({
      ...listening,
      ...arrivals,
      phase: 'Holding',
      alarmsSeen: momentAfter(19),
    });
    await invoke(onAlarm, turns('INSUFFICIENT_DATA'));
    expect(account.completed()).toEqual([]);

    await invoke(onAlarm, turns('OK'));
    expect(account.completed()).toHaveLength(1);
  });

  it('wakes nobody whose targets it does not guard', async () => {
    const detail = { ...alarm.detail, alarmName: 'somebody-elses-alarm' };

    expect(await invoke(onAlarm, { ...alarm, detail })).toEqual({ signalled: 0 });
    expect(account.completed()).toEqual([]);
  });

  it('of the stack of another pair is not even compared with open releases', async () => {
    await account.release({ ...listening, alarms: ['tandem-checkout-web-errors'] });
    const detail = { ...alarm.detail, alarmName: 'tandem-checkout-web-errors' };

    expect(await invoke(onAlarm, { ...alarm, detail })).toEqual({ signalled: 0 });
  });

  it('wakes no release that has ended', async () => {
    await account.release({ ...listening, phase: 'Ended', end: 'Promoted' });

    expect(await invoke(onAlarm, alarm)).toEqual({ signalled: 0 });
  });
});

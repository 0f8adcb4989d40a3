import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import {
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  ContinueDeploymentCommand,
  CreateDeploymentCommand,
  DeploymentIsNotInReadyStateException,
  DeploymentLimitExceededException,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TargetRecord } from '../../../core/record/record.ts';
import { handler } from '../../../handlers/steps/start-shift.ts';
import { ecsRecord, held, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

const web = ecsRecord({ forward: 'd-web', launching: true });
const api = lambdaRecord({ forward: 'd-api', launching: true });

let account: Account;
let codedeploy: ReturnType<typeof mockClient<any, any, any>>;
/** What users could meet at each call that lets a target go, by the table. */
let letGo: { call: string; shifted: readonly string[] }[];

const shiftedNow = async (): Promise<readonly string[]> =>
  Object.values((await account.recordOf('storefront-1')).targets).flatMap((target: TargetRecord) =>
    target.shifted ? [target.name] : [],
  );

const shift = (minute = 10) =>
  invoke(handler, { pair: 'storefront', release: 'storefront-1', now: momentAfter(minute) });

const bothHeld = () =>
  account.release(record({ targets: [web, api], hooks: [held('d-api', 'BeforeAllowTraffic')] }));

beforeEach(async () => {
  account = await openAccount();
  letGo = [];
  codedeploy = mockClient(CodeDeployClient);
  codedeploy.on(ListDeploymentsCommand).resolves({ deployments: [] });
  codedeploy.on(BatchGetDeploymentsCommand).resolves({ deploymentsInfo: [] });
  codedeploy.on(CreateDeploymentCommand).resolves({ deploymentId: 'd-api' });
  codedeploy.on(ContinueDeploymentCommand).callsFake(async ({ deploymentId }) => {
    letGo.push({ call: `continue ${deploymentId}`, shifted: await shiftedNow() });
    return {};
  });
  codedeploy
    .on(PutLifecycleEventHookExecutionStatusCommand)
    .callsFake(async ({ deploymentId, status }) => {
      letGo.push({ call: `${status} ${deploymentId}`, shifted: await shiftedNow() });
      return {};
    });
});

describe('the common start', () => {
  it('launches what has no green yet, and lets nobody go before it is held', async () => {
    await account.release(record({ targets: [web, lambdaRecord()] }));

    expect(await shift()).toEqual({ released: [] });

    expect((await account.recordOf('storefront-1')).targets.api?.forward).toBe('d-api');
    expect(letGo).toEqual([]);
  });

  it('lets all targets go once all are held, services first', async () => {
    await bothHeld();

    expect(await shift()).toEqual({ released: ['web', 'api'] });

    expect(letGo.map(({ call }) => call)).toEqual(['continue d-web', 'Succeeded d-api']);
  });

  it('writes that users may meet green before they can', async () => {
    await bothHeld();

    await shift();

    expect(letGo.map(({ shifted }) => [...shifted].sort())).toEqual([['web'], ['api', 'web']]);
  });

  it('lets no target go twice', async () => {
    await bothHeld();

    await shift();
    expect(await shift(11)).toEqual({ released: [] });

    expect(letGo).toHaveLength(2);
    expect((await account.recordOf('storefront-1')).times.shifted).toBe(momentAfter(10));
  });

  it.each([
    ['a service', ContinueDeploymentCommand, 'continue d-web'],
    ['a function', PutLifecycleEventHookExecutionStatusCommand, 'Succeeded d-api'],
  ] as const)('is tried again where the call that lets %s go failed', async (_what, Call, call) => {
    await bothHeld();
    codedeploy.on(Call as never).rejectsOnce(new Error('Rate exceeded'));
    await expect(shift()).rejects.toThrow('Rate exceeded');
    codedeploy.on(Call as never).callsFake(async () => {
      letGo.push({ call, shifted: [] });
      return {};
    });

    await shift();

    expect(letGo.map((one) => one.call).sort()).toEqual(['Succeeded d-api', 'continue d-web']);
  });

  it.each([
    ['held', { hold: true }],
    ['aborted', { abort: { by: 'ada', reason: '' } }],
  ])('does not begin when the release is %s since the last look', async (_, commands) => {
    await account.release(
      record({ targets: [web, api], hooks: [held('d-api', 'BeforeAllowTraffic')], commands }),
    );

    expect(await shift()).toEqual({ released: [] });

    expect(letGo).toEqual([]);
    expect((await account.recordOf('storefront-1')).times.shifted).toBeUndefined();
  });

  it('lets nothing else go once a deployment turns out to have ended, and users have met nothing', async () => {
    await bothHeld();
    codedeploy
      .on(ContinueDeploymentCommand)
      .rejects(new DeploymentIsNotInReadyStateException({ message: '', $metadata: {} }));
    codedeploy.on(GetDeploymentCommand).resolves({ deploymentInfo: { status: 'Stopped' } });

    expect(await shift()).toEqual({ released: [] });

    expect(letGo).toEqual([]);
    expect(await shiftedNow()).toEqual([]);
  });

  it('lets nobody go when the release has decided to roll back', async () => {
    await account.release(
      record({
        targets: [web, api],
        hooks: [held('d-api', 'BeforeAllowTraffic')],
        decision: 'rollback',
        phase: 'RollingBack',
      }),
    );

    expect(await shift()).toEqual({ released: [] });

    expect(letGo).toEqual([]);
    expect(codedeploy).toHaveReceivedCommandTimes(CreateDeploymentCommand, 0);
  });

  it('remembers since when another deployment has kept a group busy', async () => {
    await account.release(record({ targets: [web, lambdaRecord()] }));
    codedeploy
      .on(CreateDeploymentCommand)
      .rejects(new DeploymentLimitExceededException({ message: '', $metadata: {} }));

    await shift(10);
    await shift(11);

    expect((await account.recordOf('storefront-1')).targets.api?.busy).toEqual({
      since: momentAfter(10),
      last: momentAfter(11),
    });
  });
});

import '../environment.ts';

import { CodeDeployClient, DeploymentDoesNotExistException } from '@aws-sdk/client-codedeploy';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { HOOKS } from '../../../core/drivers/hooks.ts';
import { TRYING, type Tried, TriedAnswer } from '../../../core/events/tried.ts';
import { STAY_WARM, TRY } from '../../../core/events/visit.ts';
import { step } from '../../../handlers/function/step.ts';
import { hook } from '../../../handlers/hooks/hook.ts';
import { trigger } from '../../../handlers/triggers/trigger.ts';
import { invoke } from '../invoke.ts';

const nothing = z.strictObject({});

it.each([
  ['step', (run: any) => step({ input: nothing, output: nothing }, run)],
  ['trigger', (run: any) => trigger(nothing, run)],
  ['hook', (run: any) => hook('AfterInstall', run)],
])('a %s that is only kept awake does none of its work', async (_, make) => {
  const run = vi.fn();

  expect(await invoke(make(run), STAY_WARM)).toEqual({ awake: true });
  expect(run).not.toHaveBeenCalled();
});

it('an event with anything beside is work, and refused where it is none', async () => {
  const refusing = trigger(nothing, async () => undefined);

  await expect(invoke(refusing, { ...STAY_WARM, pair: 'storefront' })).rejects.toThrow('event: ');
});

it('every function that is asked to try its permissions makes attempts about nothing that exists', async () => {
  const codedeploy = mockClient(CodeDeployClient);
  codedeploy
    .onAnyCommand()
    .rejects(new DeploymentDoesNotExistException({ message: 'no', $metadata: {} }));
  for (const name of TRYING) {
    const { handler } = Object.hasOwn(HOOKS, name)
      ? await import(`../../../handlers/hooks/${name}.ts`)
      : await import(`../../../handlers/steps/${name}.ts`);
    const { tried } = TriedAnswer.parse(await invoke(handler, TRY));

    expect(tried.length).toBeGreaterThan(2);
    expect(tried.map(({ outcome }) => outcome)).toEqual(tried.map(() => 'allowed'));
  }
  for (const call of codedeploy.calls())
    expect(call.args[0].input).toMatchObject({ deploymentId: 'd-TANDEMTRY' });
});

it('prepare-target assumes the roles that the event names, and gives no credentials', async () => {
  const sts = mockClient(STSClient);
  sts
    .on(AssumeRoleCommand, { RoleArn: 'arn:good' })
    .resolves({ Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: 'x' } as never })
    .on(AssumeRoleCommand, { RoleArn: 'arn:bad' })
    .rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  const { handler } = await import('../../../handlers/steps/prepare-target.ts');

  const answer = await invoke(handler, {
    ...TRY,
    roles: { 'shop/web': 'arn:good', 'shop/old': 'arn:bad' },
  });

  expect(answer).toEqual({
    tried: [
      { action: 'sts:AssumeRole shop/web', outcome: 'allowed', said: 'AWS answered' },
      { action: 'sts:AssumeRole shop/old', outcome: 'refused', said: 'AccessDenied: no' },
    ],
  });
  expect(await invoke(handler, TRY)).toEqual({ tried: [] });
});

it('an attempt that IAM refuses, or that nobody answers, is not allowed', async () => {
  const attempt = (name: string) => ({
    action: 'codedeploy:StopDeployment',
    absent: ['DeploymentDoesNotExistException'],
    call: async () => {
      throw Object.assign(new Error('said AWS'), { name });
    },
  });
  const trying = step({ input: nothing, output: nothing }, vi.fn(), [
    attempt('AccessDeniedException'),
    attempt('TimeoutError'),
    attempt('DeploymentDoesNotExistException'),
  ]);
  const { tried } = await invoke(trying, TRY);

  expect(tried.map(({ outcome }: Tried) => outcome)).toEqual(['refused', 'unclear', 'allowed']);
});

import '../environment.ts';

import {
  CreateDeploymentCommand,
  InvalidLifecycleEventHookExecutionIdException,
  ListDeploymentsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { reason } from '../../../core/release/reason.ts';
import { handler } from '../../../handlers/steps/take-back-target.ts';
import { held, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { codedeployWith } from '../hooks/deployments.ts';
import { invoke } from '../invoke.ts';

let account: Account;

beforeEach(async () => {
  account = await openAccount();
  mockClient(LambdaClient).on(GetAliasCommand).resolves({ FunctionVersion: '2' });
});

it('one hook that cannot be answered keeps no other one from its answer', async () => {
  await account.release(
    record({
      targets: [lambdaRecord({ forward: 'd-1', launching: true, shifted: true })],
      hooks: [
        held('d-1', 'BeforeAllowTraffic', { executionId: 'stale' }),
        held('d-1', 'AfterAllowTraffic', { executionId: 'good' }),
      ],
      decision: 'rollback',
      phase: 'RollingBack',
    }),
  );
  const { codedeploy } = codedeployWith({ deploymentId: 'd-1', status: 'InProgress' });
  codedeploy.on(ListDeploymentsCommand).resolves({ deployments: [] });
  codedeploy
    .on(PutLifecycleEventHookExecutionStatusCommand, { lifecycleEventHookExecutionId: 'stale' })
    .rejects(
      new InvalidLifecycleEventHookExecutionIdException({ message: 'stale', $metadata: {} }),
    );

  await invoke(handler, {
    ...{ pair: 'storefront', release: 'storefront-1', target: 'api' },
    now: momentAfter(20),
  });

  const { hooks, targets } = await account.recordOf('storefront-1');
  expect(hooks.map(({ executionId, answer }) => [executionId, answer])).toEqual([
    ['stale', undefined],
    ['good', 'Failed'],
  ]);
  expect(targets.api?.refused).toMatchObject([{ do: 'answer-failed' }]);
});

it('begins nothing new for a release whose record is older than its deployments', async () => {
  await account.release(
    record({
      targets: [
        lambdaRecord({
          ...{ forward: 'd-1', launching: true, shifted: true },
          lane: { live: '2', share: 100, status: 'Succeeded' },
          liveSince: momentAfter(10),
        }),
      ],
      reasons: [reason('execution-ended', 'the execution was stopped')],
      decision: 'rollback',
      phase: 'RollingBack',
    }),
  );
  const { codedeploy } = codedeployWith({ deploymentId: 'd-1', status: 'Succeeded' });
  codedeploy.on(ListDeploymentsCommand).resolves({ deployments: [] });

  const { did } = (await invoke(handler, {
    ...{ pair: 'storefront', release: 'storefront-1', target: 'api' },
    now: momentAfter(20),
  })) as { did: string };

  expect(did).toBe('give-up');
  expect(codedeploy.commandCalls(CreateDeploymentCommand)).toEqual([]);
});

import { expect, it } from 'vitest';
import type { Permission } from '../../../../packages/sandbox/cloud.ts';
import { account } from './account.ts';

it('lists deployments in no order that means anything, where the quirk says so', async () => {
  const aws = account({ listDeployments: 'in-no-order' });
  await aws.withLambda();
  const made: string[] = [];
  for (let version = 1; version < 6; version += 1) {
    made.push(await aws.deployLambda(`${version}`, `${version + 1}`));
    await aws.end(made.at(-1)!);
  }
  const { deployments } = await aws.call('ListDeployments', {});

  expect(deployments).toEqual([...made].sort());
  expect(deployments).not.toEqual(made.reverse());
});

it.each(['group', 'nothing'] as const)('authorises reads of targets on: %s', async (readOn) => {
  const asked: Permission[] = [];
  const aws = account({ targetReadsOn: readOn }, (_, permissions) => {
    asked.push(...permissions);
  });
  await aws.withLambda();
  const deploymentId = await aws.deployLambda('1', '2');
  await aws.call('ListDeploymentTargets', { deploymentId }).catch(() => undefined);

  const { resource } = asked.find(({ action }) => action === 'codedeploy:ListDeploymentTargets')!;
  expect(resource).toMatch(readOn === 'group' ? /:deploymentgroup:api\/api$/ : /^\*$/);
});

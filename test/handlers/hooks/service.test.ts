import '../environment.ts';

import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { BatchGetImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { handler as afterInstall } from '../../../handlers/hooks/ecs-after-install.ts';
import { handler as beforeAllowTraffic } from '../../../handlers/hooks/ecs-before-allow-traffic.ts';
import { handler as beforeInstall } from '../../../handlers/hooks/ecs-before-install.ts';
import { ecsRecord, policy, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { executionArn } from '../environment.ts';
import { event, invoke } from '../invoke.ts';
import { codedeployWith } from './deployments.ts';

const call = event('codedeploy-hook');
const to = { name: 'web:2', ref: 'arn:web:2', digest: 'sha256:aa' };

let account: Account;

beforeEach(async () => {
  account = await openAccount();
});

/** What a hook answers for a release like this, and the texts of its reasons. */
const answerOf = async (
  handler: (...parameters: any[]) => unknown,
  change: Partial<Omit<ReleaseRecord, 'targets' | 'times' | 'commands'>> = {},
) => {
  await account.release(
    record({
      owner: executionArn('storefront-1'),
      phase: 'Staging',
      targets: [ecsRecord({ to })],
      ...change,
    }),
  );
  const { answers } = codedeployWith({
    deploymentId: call.DeploymentId,
    computePlatform: 'ECS',
    creator: 'user',
    description: 'tandem/storefront/storefront-1/web/forward/1',
  });
  await invoke(handler, call);
  const { failedHooks } = await account.recordOf('storefront-1');
  return [answers(), failedHooks.flatMap(({ reasons }) => reasons.map(({ text }) => text))];
};

describe('BeforeInstall', () => {
  it('lets a deployment begin while its release stages it', async () => {
    expect(await answerOf(beforeInstall)).toEqual([['Succeeded'], []]);
  });

  it('refuses one that begins when its release is further on', async () => {
    expect(await answerOf(beforeInstall, { phase: 'Asking' })).toEqual([
      ['Failed'],
      [`Deployment ${call.DeploymentId} of web begins while the release is Asking, not Staging`],
    ]);
  });
});

describe('AfterInstall', () => {
  /** A service whose green runs so many tasks of the two that are wanted. */
  const running = (runningCount: number, imageDigest = to.digest) => {
    const ecs = mockClient(ECSClient);
    ecs.on(DescribeServicesCommand).resolves({
      services: [
        {
          taskSets: [
            {
              id: 'ecs-svc/1',
              externalId: 'd-blue',
              status: 'PRIMARY',
              runningCount: 2,
              computedDesiredCount: 2,
            },
            {
              id: 'ecs-svc/2',
              externalId: call.DeploymentId,
              runningCount,
              computedDesiredCount: 2,
            },
          ],
        },
      ],
    });
    ecs.on(ListTasksCommand, { startedBy: 'ecs-svc/2' }).resolves({ taskArns: ['task'] });
    ecs.on(DescribeTasksCommand).resolves({
      tasks: Array.from({ length: runningCount }, () => ({
        containers: [{ name: 'app', imageDigest }],
      })),
    });
  };

  it('passes when all of what was planned runs', async () => {
    running(2);
    expect(await answerOf(afterInstall)).toEqual([['Succeeded'], []]);
  });

  it('refuses green that runs too few tasks', async () => {
    running(1);
    expect(await answerOf(afterInstall)).toEqual([['Failed'], ['Green of web runs 1 of 2 tasks']]);
  });

  it('passes when ECS names the image that it pulled of the planned index', async () => {
    running(2, 'sha256:arm');
    mockClient(ECRClient)
      .on(BatchGetImageCommand, { imageIds: [{ imageDigest: to.digest }] })
      .resolves({
        images: [
          {
            imageManifest: JSON.stringify({
              manifests: [
                { digest: 'sha256:arm', platform: { os: 'linux', architecture: 'arm64' } },
              ],
            }),
          },
        ],
      });
    expect(await answerOf(afterInstall)).toEqual([['Succeeded'], []]);
  });

  it('refuses green that runs another image', async () => {
    mockClient(ECRClient)
      .on(BatchGetImageCommand)
      .resolves({ images: [{ imageManifest: '{"layers":[]}' }] });
    running(2, 'sha256:bb');
    expect(await answerOf(afterInstall)).toEqual([
      ['Failed'],
      ['The image of web is sha256:bb, planned was sha256:aa'],
    ]);
  });
});

describe('BeforeAllowTraffic', () => {
  const alarms = (states: Readonly<Record<string, StateValue>>) =>
    mockClient(CloudWatchClient)
      .on(DescribeAlarmsCommand)
      .callsFake(async ({ AlarmNames }) => ({
        MetricAlarms: AlarmNames.flatMap((AlarmName: string) =>
          states[AlarmName] ? [{ AlarmName, StateValue: states[AlarmName] }] : [],
        ),
      }));

  it('passes when no alarm is red, though green has no users and so no data', async () => {
    alarms({ 'web-errors': 'INSUFFICIENT_DATA', 'api-errors': 'OK' });
    expect(await answerOf(beforeAllowTraffic)).toEqual([['Succeeded'], []]);
  });

  it('refuses green when an alarm of the half that is left alone is red', async () => {
    alarms({ 'web-errors': 'OK', 'api-errors': 'ALARM' });
    const [answers, texts] = await answerOf(beforeAllowTraffic);
    expect(answers).toEqual(['Failed']);
    expect(texts?.[0]).toContain('Alarm api-errors is red');
  });

  it('refuses green that people approved by another digest', async () => {
    alarms({ 'web-errors': 'OK', 'api-errors': 'OK' });
    const approval = {
      id: 'a',
      state: 'approved' as const,
      requestedAt: '2026-11-23T09:10:00.000Z',
      expiresAt: '2026-11-23T10:10:00.000Z',
      by: 'grace',
      shown: [{ name: 'web', to: 'web:2', digest: 'sha256:old' }],
    };
    const agreed = policy({ approval: 'required' });
    expect(
      await answerOf(beforeAllowTraffic, { phase: 'Shifting', policy: agreed, approval }),
    ).toEqual([['Failed'], ['People approved web:2 (sha256:old) of web, not web:2 (sha256:aa)']]);
  });
});

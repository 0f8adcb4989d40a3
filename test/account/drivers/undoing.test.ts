import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import type { UndoneTarget } from '../../../account/drivers/driver.ts';
import { undoingOf } from '../../../account/drivers/drivers.ts';
import { leftBehind } from '../../../account/undo.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { atMinute, ecsRecord, lambdaRecord, record } from '../../core/fixture.ts';
import { account } from '../account.ts';

const ecs = mockClient(ECSClient);
const ecr = mockClient(ECRClient);
const lambda = mockClient(LambdaClient);

afterEach(() => {
  for (const mock of [ecs, ecr, lambda]) mock.reset();
});

const wantedBefore = (target: TargetRecord) =>
  undoingOf(target.registration).wantedBefore(account, target as UndoneTarget, atMinute(0));

describe('the undo of a service', () => {
  const runs = (image: string, container = 'app') =>
    ecs.on(DescribeTaskDefinitionCommand, { taskDefinition: 'arn:web:1' }).resolves({
      taskDefinition: {
        containerDefinitions: [
          { name: 'proxy', image: 'envoy' },
          { name: container, image },
        ],
      },
    });
  const tagMeans = (imageDigest: string, minute: number) =>
    ecr
      .on(DescribeImagesCommand, {
        repositoryName: 'storefront/web',
        imageIds: [{ imageTag: '1.0.0' }],
      })
      .resolves({ imageDetails: [{ imageDigest, imagePushedAt: new Date(atMinute(minute)) }] });

  it('rolls back to the image that its container ran', async () => {
    runs('storefront/web@sha256:1');

    expect(await wantedBefore(ecsRecord())).toEqual({ image: 'storefront/web@sha256:1' });
    expect(ecr.calls()).toEqual([]);
  });

  it('rolls settings back only if the release changed them', async () => {
    runs('storefront/web@sha256:1');
    const wanted = { taskDefinition: 'web:2', image: 'storefront/web@sha256:2' };

    expect(await wantedBefore(ecsRecord({ wanted }))).toEqual({
      taskDefinition: 'web:1',
      image: 'storefront/web@sha256:1',
    });
  });

  it('finds the digest of a tag that was not pushed again', async () => {
    runs('registry/storefront/web:1.0.0');
    tagMeans('sha256:1', -5);

    expect(await wantedBefore(ecsRecord())).toEqual({ image: 'storefront/web@sha256:1' });
  });

  it.each([
    ['was pushed again since the release', 'sha256:1', 5],
    ['is on the image that is undone', 'sha256:2', -5],
  ])('refuses a tag that %s', async (_, digest, minute) => {
    runs('registry/storefront/web:1.0.0');
    tagMeans(digest, minute);
    const to = { name: 'web:2', ref: 'arn:web:2', digest: 'sha256:2' };

    await expect(wantedBefore(ecsRecord({ to }))).rejects.toThrow('name the image with');
  });

  it('names the container that a task definition does not have', async () => {
    runs('storefront/web:1', 'another');

    await expect(wantedBefore(ecsRecord())).rejects.toThrow('arn:web:1 has no container app');
  });
});

describe('the undo of a function', () => {
  const to = { name: '2', ref: '2', codeSha256: 'bad' };

  it('rolls back to the version that it ran', async () => {
    expect(await wantedBefore(lambdaRecord())).toEqual({ version: '1' });
  });

  it('says if $LATEST still holds the code that is undone, and of nothing else', async () => {
    const release = record({ targets: [ecsRecord(), lambdaRecord({ to })] });
    const holds = (CodeSha256: string) =>
      lambda
        .on(GetFunctionConfigurationCommand, { FunctionName: 'storefront-api' })
        .resolves({ CodeSha256 });

    holds('bad');
    expect(await leftBehind(account, release)).toEqual([
      expect.stringContaining('$LATEST of api still holds the code of version 2: update'),
    ]);
    holds('fixed');
    expect(await leftBehind(account, release)).toEqual([]);
  });
});

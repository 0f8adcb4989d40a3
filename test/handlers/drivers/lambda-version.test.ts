import '../environment.ts';

import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListTagsCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { lambdaDriver } from '../../../handlers/drivers/codedeploy-lambda/moving.ts';
import { lambdaRecord, record } from '../../core/fixture.ts';

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:storefront-api';
const lambda = mockClient(LambdaClient);

/** $LATEST holds the code of version 2; version 1 is older. */
beforeEach(() => {
  lambda.reset();
  lambda.on(GetAliasCommand).resolves({ FunctionVersion: '1' });
  lambda.on(GetFunctionConfigurationCommand).callsFake(({ Qualifier }) => ({
    FunctionArn: ARN,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    CodeSha256: Qualifier === '1' ? 'old' : 'new',
    RevisionId: 'r-1',
  }));
  lambda.on(PublishVersionCommand).resolves({ Version: '2' });
  lambda.on(ListTagsCommand).resolves({ Tags: { 'tandem:version': '2.0.0' } });
});

const prepare = async (version: string) => {
  const target = lambdaRecord({ wanted: { version } });
  const { from, to } = await lambdaDriver.prepare(record({ targets: [target] }), target);
  return { from: from.version, to: to.version };
};

describe('the version of a function', () => {
  it('is the tag of the function, read before its version is published', async () => {
    lambda.on(PublishVersionCommand).callsFake(() => {
      lambda.on(ListTagsCommand).resolves({ Tags: { 'tandem:version': '2.1.0' } });
      return { Version: '2' };
    });

    expect(await prepare('latest')).toEqual({ from: undefined, to: '2.0.0' });
  });

  it('is the tag for a published version whose code $LATEST still holds', async () => {
    expect(await prepare('2')).toMatchObject({ to: '2.0.0' });
  });

  it('is not the tag for a version with other code', async () => {
    expect(await prepare('1')).toMatchObject({ to: undefined });
  });

  it('is not the tag for a version that differs from $LATEST by its settings alone', async () => {
    lambda.on(GetFunctionConfigurationCommand).callsFake(({ Qualifier }) => ({
      FunctionArn: ARN,
      State: 'Active',
      LastUpdateStatus: 'Successful',
      CodeSha256: 'same',
      RevisionId: 'r-1',
      Environment: { Variables: { STAGE: Qualifier === '2' ? 'old' : 'new' } },
    }));

    expect(await prepare('2')).toMatchObject({ to: undefined });
  });

  it('is unknown where the tag cannot be read, and stops no release', async () => {
    lambda.on(ListTagsCommand).rejects(new Error('denied'));

    expect(await prepare('latest')).toEqual({ from: undefined, to: undefined });
  });
});

import '../environment.ts';

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { VersionPendingError } from '../../../core/text/errors.ts';
import { invoke } from '../../../handlers/drivers/codedeploy-lambda/invoke.ts';

const refusing = (name: string) =>
  mockClient(LambdaClient)
    .on(InvokeCommand)
    .rejects(Object.assign(new Error('The function is currently Pending'), { name }));

it.each(['CodeArtifactUserPendingException', 'ResourceConflictException'])(
  'a version that wakes up (%s) is invoked again',
  async (name) => {
    refusing(name);

    await expect(invoke('storefront-api', '7', {})).rejects.toThrow(VersionPendingError);
  },
);

it('any other refusal is what it is', async () => {
  refusing('AccessDeniedException');

  await expect(invoke('storefront-api', '7', {})).rejects.not.toThrow(VersionPendingError);
});

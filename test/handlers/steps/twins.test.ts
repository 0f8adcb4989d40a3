import '../environment.ts';

import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { handler } from '../../../handlers/steps/prepare-target.ts';
import { changeRelease } from '../../../handlers/table/releases.ts';
import { lambdaRecord, momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

let account: Account;

/** What the first try has written while the second one was reading. */
const byTheFirst = (current: ReleaseRecord): ReleaseRecord => ({
  ...current,
  phase: 'Staging',
  targets: {
    api: lambdaRecord({ to: { name: '7', ref: '7' }, launching: true }),
  },
});

beforeEach(async () => {
  account = await openAccount();
  const { from: _from, to: _to, ...unprepared } = lambdaRecord();
  await account.release(record({ targets: [unprepared] }));
  const lambda = mockClient(LambdaClient);
  lambda.on(ListTagsCommand).resolves({});
  lambda.on(GetFunctionConfigurationCommand).resolves({
    FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:storefront-api',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    CodeSha256: 'new',
  });
  lambda.on(GetAliasCommand).callsFake(async () => {
    await changeRelease('storefront', 'storefront-1', byTheFirst, {
      at: momentAfter(1),
      fact: () => ({ kind: 'woken', data: { by: 'the first' } }),
    });
    return { FunctionVersion: '1' };
  });
});

it('the preparation that comes second leaves what the first one wrote, and where the release is', async () => {
  await invoke(handler, {
    ...{ pair: 'storefront', release: 'storefront-1', target: 'api' },
    now: momentAfter(1),
  });

  const { phase, targets } = await account.recordOf('storefront-1');
  expect(phase).toBe('Staging');
  expect(targets.api?.to?.ref).toBe('7');
});

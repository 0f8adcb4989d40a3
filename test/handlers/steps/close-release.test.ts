import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import { SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { handler } from '../../../handlers/steps/close-release.ts';
import { momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

let account: Account;
let sns: ReturnType<typeof mockClient<any, any, any>>;

beforeEach(async () => {
  account = await openAccount();
  sns = mockClient(SNSClient);
});

it('refuses to end a release that still guards, whoever leads to it, and writes and sends nothing', async () => {
  const guarding = record({
    decision: 'promote',
    phase: 'Guarding',
    times: { guarded: momentAfter(14) },
  });
  await account.release(guarding);

  const closing = invoke(handler, {
    ...{ pair: 'storefront', release: 'storefront-1' },
    now: momentAfter(15),
  });

  await expect(closing).rejects.toThrow('release storefront-1 may not end: its guard is not over');
  expect(await account.recordOf('storefront-1')).toEqual(guarding);
  expect(sns.calls()).toEqual([]);
});

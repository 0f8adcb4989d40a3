import 'aws-sdk-client-mock-vitest/extend';
import './environment.ts';

import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { handler } from '../../handlers/check-alarms.ts';
import { momentAfter, record } from '../core/fixture.ts';
import { type Account, openAccount } from './account.ts';
import { invoke } from './invoke.ts';

const input = { pair: 'storefront', release: 'storefront-1', now: momentAfter(20) };

let account: Account;
let cloudwatch: ReturnType<typeof mockClient>;

beforeEach(async () => {
  account = await openAccount();
  cloudwatch = mockClient(CloudWatchClient);
});

const failing = (name: string, status: number) =>
  cloudwatch
    .on(DescribeAlarmsCommand)
    .rejects(Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } }));

it('says that alarms which cannot be read now were not read, and not that they are red', async () => {
  await account.release(record({ alarms: ['web-errors'] }));
  failing('ThrottlingException', 400);

  expect(await invoke(handler, input)).toMatchObject({
    verdict: 'inconclusive',
    reasons: [{ code: 'not-read', text: 'The alarms could not be read: ThrottlingException: no' }],
  });
});

it('fails when it may not read them', async () => {
  await account.release(record({ alarms: ['web-errors'] }));
  failing('AccessDenied', 403);

  await expect(invoke(handler, input)).rejects.toMatchObject({ name: 'AccessDenied' });
});

it('does not look any more once the guard has ended', async () => {
  await account.release(
    record({ alarms: ['web-errors'], decision: 'promote', times: { guardEnded: momentAfter(19) } }),
  );

  expect(await invoke(handler, input)).toEqual({ by: 'alarms', verdict: 'pass', reasons: [] });
  expect(cloudwatch).toHaveReceivedCommandTimes(DescribeAlarmsCommand, 0);
});

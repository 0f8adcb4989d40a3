/** What `start` does where IAM lets its caller read too little. */
import { ECRClient } from '@aws-sdk/client-ecr';
import { SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { refusalsOf } from '../../account/refusals.ts';
import { settingsParameter, targetParameter } from '../../core/drivers/registration.ts';
import { ReleaseInput } from '../../core/release/input.ts';
import { web } from '../core/fixture.ts';
import { account } from './account.ts';

const denied = Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' });
const target = web();
const input = ReleaseInput.parse({
  pair: 'storefront',
  targets: { [target.name]: { image: `${target.repository}:2` } },
  requestedBy: 'ada',
});

let ssm: ReturnType<typeof mockClient>;
let ecr: ReturnType<typeof mockClient>;

beforeEach(() => {
  ssm = mockClient(SSMClient);
  ecr = mockClient(ECRClient);
  ssm.onAnyCommand().resolves({
    Parameters: [
      { Name: settingsParameter('storefront'), Value: '{"pair":"storefront"}' },
      { Name: targetParameter('storefront', target.name), Value: JSON.stringify(target) },
    ],
  } as never);
});

it('a start whose caller may not read images says so, and continues', async () => {
  ecr.onAnyCommand().rejects(denied);

  expect(await refusalsOf(account, input)).toEqual({
    reasons: [],
    unread: [
      `IAM does not let you read whether ${target.repository}:2 exists; the release checks it itself.`,
    ],
  });
});

it('a start whose caller may not read what the pair is says so, and continues', async () => {
  ssm.onAnyCommand().rejects(denied);

  const { reasons, unread } = await refusalsOf(account, input);

  expect(reasons).toEqual([]);
  expect(unread).toHaveLength(1);
  expect(ecr.calls()).toHaveLength(0);
});

it('a start that fails for another reason fails', async () => {
  ecr.onAnyCommand().rejects(new Error('the network is down'));

  await expect(refusalsOf(account, input)).rejects.toThrow('the network is down');
});

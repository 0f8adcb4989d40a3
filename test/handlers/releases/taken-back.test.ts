import '../environment.ts';

import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { rememberFates, takenBackBefore } from '../../../handlers/releases/taken-back.ts';
import { lambdaRecord, momentAfter, record, registration } from '../../core/fixture.ts';
import { openAccount } from '../account.ts';

const revision = (name: string, codeSha256: string) => ({ name, ref: name, codeSha256 });

/** A release of the function that has ended. */
const ended = (end: 'RolledBack' | 'Promoted', minute: number) =>
  record({
    release: `storefront-${minute}`,
    decision: end === 'Promoted' ? 'promote' : 'rollback',
    end,
    targets: [
      lambdaRecord({ from: revision('1', 'old'), to: revision('2', 'new'), shifted: true }),
    ],
    times: { ended: momentAfter(minute) },
  });

const wanted = { api: { version: 'latest' } };

const against = (change: object = {}) =>
  takenBackBefore(
    {
      pair: 'storefront',
      targets: wanted,
      requestedBy: 'ada',
      reason: '',
      intent: 'release',
      ...change,
    },
    registration(),
    wanted,
  );

beforeEach(async () => {
  await openAccount();
  mockClient(LambdaClient).on(GetFunctionConfigurationCommand).resolves({ CodeSha256: 'new' });
});

describe('a revision that was rolled back', () => {
  beforeEach(() => rememberFates(ended('RolledBack', 10)));

  it('is refused, with the release that rolled it back and the way to release it again', async () => {
    expect(await against()).toMatchObject([
      { code: 'taken-back-before', target: 'api', text: expect.stringContaining('storefront-10') },
    ]);
  });

  it('goes again with a reason, and by a rollback', async () => {
    expect(await against({ again: 'it was the database' })).toEqual([]);
    expect(await against({ intent: 'rollback' })).toEqual([]);
  });

  it('is clean once it was promoted', async () => {
    await rememberFates(ended('Promoted', 20));

    expect(await against()).toEqual([]);
  });

  it('stays so if an older release is closed a second time', async () => {
    await rememberFates(ended('Promoted', 5));

    expect(await against()).toHaveLength(1);
  });
});

it('remembers nothing of a revision that was only promoted', async () => {
  await rememberFates(ended('Promoted', 10));

  expect(await against()).toEqual([]);
});

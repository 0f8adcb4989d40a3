import '../environment.ts';

import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../../handlers/steps/validate-release.ts';
import { momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { executionArn } from '../environment.ts';
import { invoke } from '../invoke.ts';

let account: Account;

const validate = (begun?: string) =>
  invoke(handler, {
    execution: executionArn('storefront-1'),
    input: { pair: 'storefront', targets: { api: { version: '2' } }, requestedBy: 'ada' },
    now: momentAfter(1),
    ...(begun === undefined ? {} : { begun }),
  });

beforeEach(async () => {
  account = await openAccount();
  await account.release(record({ end: 'Promoted', decision: 'promote', phase: 'Ended' }));
});

describe('the name of an earlier release', () => {
  it('is refused, with the day on which it was used', async () => {
    expect(await validate('2027-03-01T09:00:00.000Z')).toMatchObject({
      outcome: 'refused',
      cause: expect.stringMatching(
        /is that of a release of 2026-11-23, which ended Promoted.*\(name-used\)/,
      ),
    });
  });

  it('is its own when the step is tried again, and where an older machine does not say when it began', async () => {
    expect(await validate(momentAfter(0))).toMatchObject({ outcome: 'accepted' });
    expect(await validate()).toMatchObject({ outcome: 'accepted' });
  });
});

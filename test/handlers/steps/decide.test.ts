import '../environment.ts';

import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../../handlers/steps/decide.ts';
import { ecsRecord, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

/** A failed Lambda task as Step Functions gives it: the cause is the function's error as JSON. */
const failure = {
  Error: 'ServiceUnavailable',
  Cause: JSON.stringify({
    errorType: 'ServiceUnavailable',
    errorMessage: 'the balancer is away',
    trace: [],
  }),
};

let account: Account;

const decide = (more: object = {}) =>
  invoke(handler, {
    pair: 'storefront',
    release: 'storefront-1',
    now: momentAfter(30),
    ...more,
  });

const now = () => account.recordOf('storefront-1');

beforeEach(async () => {
  account = await openAccount();
});

describe('the decision', () => {
  it.each([
    ['none', 'all is well', 'promote'],
    ['promote', 'all is well', 'promote'],
    ['rollback', 'all is well', 'rollback'],
    ['none', 'a step failed', 'rollback'],
    ['promote', 'a step failed', 'rollback'],
    ['rollback', 'a step failed', 'rollback'],
  ] as const)('before: %s; %s; after: %s', async (before, what, after) => {
    await account.release(record({ decision: before }));

    expect(await decide(what === 'a step failed' ? { failure } : {})).toEqual({ decision: after });

    expect((await now()).decision).toBe(after);
  });

  it.each<[string, NonNullable<Parameters<typeof record>[0]>]>([
    ['held', { commands: { hold: true } }],
    ['aborted', { commands: { abort: { by: 'ada', reason: '' } } }],
    ['blind', { blindSince: momentAfter(29) }],
  ])('is left to the next look when the release is %s since the last one', async (_, change) => {
    await account.release(record(change));

    expect(await decide()).toEqual({ decision: 'none' });
  });

  it('is never changed once the release has ended', async () => {
    await account.release(record({ decision: 'promote', end: 'Promoted', phase: 'Ended' }));

    expect(await decide({ failure })).toEqual({ decision: 'promote' });
  });

  it('is one of two that are written at the same time, and rolling back wins', async () => {
    await account.release(record());

    await Promise.all([decide(), decide({ failure })]);

    expect((await now()).decision).toBe('rollback');
  });

  it('keeps the time at which it was first written', async () => {
    await account.release(record());

    await decide();
    await decide({ now: momentAfter(31) });

    expect((await now()).times.decided).toBe(momentAfter(30));
  });
});

describe('a step that failed', () => {
  it('is the reason, in words instead of JSON', async () => {
    await account.release(record({ phase: 'Proving' }));

    await decide({ failure });

    expect((await now()).reasons).toEqual([
      {
        code: 'step-failed',
        text: 'A step failed while Proving: ServiceUnavailable: the balancer is away',
      },
    ]);
  });

  it.each([
    ['DeploymentRefusedError', 'deployment-refused'],
    ['FunctionChangedError', 'function-changed'],
    ['VersionFailedError', 'not-ready'],
    ['VersionPendingError', 'version-pending'],
    ['VersionsUnlikeError', 'versions-unlike'],
    ['AlarmUnwritableError', 'alarm-missing'],
  ])('is told by what it was where it says so: %s', async (name, code) => {
    await account.release(record({ phase: 'Preparing' }));

    await decide({ failure: { ...failure, Error: name } });

    expect((await now()).reasons[0]?.code).toBe(code);
  });

  it('is no refusal of CodeDeploy only because a deployment waits for a busy group', async () => {
    const busy = { since: momentAfter(20), last: momentAfter(29) };
    await account.release(
      record({ targets: [ecsRecord({ launching: true, busy }), lambdaRecord()] }),
    );

    await decide({ failure });

    expect((await now()).reasons[0]?.code).toBe('step-failed');
  });

  it('may have a cause that is no JSON, or none', async () => {
    await account.release(record({ phase: 'Shifting' }));

    await decide({ failure: { Error: 'States.Timeout' } });

    expect((await now()).reasons[0]?.text).toContain('States.Timeout');
  });

  it('adds no second reason when the release is rolling back already', async () => {
    await account.release(
      record({ decision: 'rollback', reasons: [{ code: 'alarm-red', text: 'Red.' }] }),
    );

    await decide({ failure });

    expect((await now()).reasons).toEqual([{ code: 'alarm-red', text: 'Red.' }]);
  });
});

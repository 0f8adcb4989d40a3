/**
 * An event that a trigger or a hook cannot read is refused by name, and never by an error of JavaScript or of the schema
 * library. Some hundred events each, the same ones each time; `FUZZ=<events>` sends that many new ones.
 */
import './environment.ts';

import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { pass } from '../../core/release/verdict.ts';
import { ContractError } from '../../core/text/errors.ts';
import { hook } from '../../handlers/hooks/hook.ts';
import { handler as onAlarm } from '../../handlers/triggers/on-alarm.ts';
import { handler as onApproval } from '../../handlers/triggers/on-approval.ts';
import { handler as onApprovalCall } from '../../handlers/triggers/on-approval-call.ts';
import { handler as onApprovalPage } from '../../handlers/triggers/on-approval-page.ts';
import { handler as onCommand } from '../../handlers/triggers/on-command.ts';
import { handler as onDeploymentChange } from '../../handlers/triggers/on-deployment-change.ts';
import { handler as onExecutionEnd } from '../../handlers/triggers/on-execution-end.ts';
import { handler as onImagePush } from '../../handlers/triggers/on-image-push.ts';
import { handler as onSchedule } from '../../handlers/triggers/on-schedule.ts';
import { record, registration } from '../core/fixture.ts';
import { openAccount } from './account.ts';
import { executionArn } from './environment.ts';
import { codedeployWith } from './hooks/deployments.ts';
import { event, invoke } from './invoke.ts';

const events = Number(process.env.FUZZ ?? 0);

const call = event('codedeploy-hook');
const url = {
  requestContext: {
    http: { method: 'POST' },
    timeEpoch: 1_767_603_600_000,
    authorizer: { iam: { userArn: 'arn:aws:iam::111122223333:user/ada' } },
  },
  queryStringParameters: {
    pair: 'storefront',
    release: 'storefront-1',
    approval: 'a',
    expires: '1',
  },
  body: '{"releaseId":"storefront-1","approvalId":"a","decision":"APPROVE"}',
  isBase64Encoded: false,
};
const order = { releaseId: 'storefront-1', command: 'hold', by: 'ada', reason: '' };

/** Every function that somebody else's event starts, with an event that it can read. */
const functions = [
  ['on-alarm', onAlarm, event('cloudwatch-alarm-state-change')],
  ['on-approval', onApproval, event('sns-approval')],
  ['on-approval-call', onApprovalCall, url],
  ['on-approval-page', onApprovalPage, url],
  ['on-command', onCommand, order],
  ['on-deployment-change', onDeploymentChange, event('codedeploy-state-change')],
  ['on-execution-end', onExecutionEnd, event('step-functions-status-change')],
  ['on-image-push', onImagePush, event('ecr-image-push')],
  ['on-schedule', onSchedule, event('scheduled-event')],
  ['a hook', hook('AfterInstall', async () => pass), call],
] as const;

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    ' ',
    'x',
    0,
    -1,
    0.5,
    1e308,
    8.7e15,
    Number.NaN,
    true,
    {},
    [],
    [null],
    '2026-02-31T99:00:00Z',
    'yesterday',
    '{',
    '{"releaseId":5}',
    '__proto__',
    'x'.repeat(300),
    '\u0000',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** An event with some of its parts replaced or left out. */
const changed = (value: unknown): fc.Arbitrary<unknown> => {
  const kept = (): fc.Arbitrary<unknown> => {
    if (Array.isArray(value)) return fc.tuple(...value.map(changed));
    if (typeof value !== 'object' || value === null) return fc.constant(value);
    const members = Object.entries(value).map(([name, each]) => [name, changed(each)] as const);
    return fc.record(Object.fromEntries(members));
  };
  return fc.oneof({ weight: 9, arbitrary: kept() }, { weight: 1, arbitrary: odd });
};

/** What was thrown, with what it collects. */
const errorsIn = (error: unknown): readonly unknown[] =>
  error instanceof AggregateError ? [error, ...error.errors.flatMap(errorsIn)] : [error];

const isRaw = (error: unknown): boolean =>
  [TypeError, RangeError, SyntaxError, ReferenceError].some((kind) => error instanceof kind) ||
  /Zod/.test((error as Error).name ?? '') ||
  'issues' in (error as object);

beforeEach(async () => {
  const account = await openAccount();
  await account.release(record({ owner: executionArn('storefront-1') }));
  await account.register(registration());
  codedeployWith({ deploymentId: call.DeploymentId, creator: 'user' });
  mockClient(CloudWatchClient).onAnyCommand().resolves({});
  mockClient(ECRClient).onAnyCommand().resolves({});
  mockClient(ECSClient).onAnyCommand().resolves({});
  mockClient(LambdaClient).onAnyCommand().resolves({});
  mockClient(KMSClient)
    .onAnyCommand()
    .resolves({ Mac: new Uint8Array(32) });
});

describe('an odd event', () => {
  it.each(functions)('of %s is taken, or refused by name', async (_, handler, example) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed(example), odd), async (given) => {
        const error = await invoke(handler, given).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error === undefined) return;
        for (const one of errorsIn(error))
          expect(isRaw(one), `${(one as Error).stack}`).toBe(false);
      }),
      { numRuns: events || 600, ...(events ? {} : { seed: 1 }) },
    );
  });
});

describe('an event that cannot be read', () => {
  it.each(functions.filter(([name]) => name !== 'on-command'))(
    'of %s is refused as a broken contract that says what is wrong',
    async (_, handler) => {
      const refusal = invoke(handler, { Records: 5, time: 5, detail: null });

      await expect(refusal).rejects.toBeInstanceOf(ContractError);
      await expect(refusal).rejects.toThrow(/^event: ✖ "/);
    },
  );

  it.each([
    ['an approval', onApproval, { Records: [{ Sns: { Message: '{}', Timestamp: 'yesterday' } }] }],
    [
      'an answer',
      onApprovalCall,
      { ...url, requestContext: { ...url.requestContext, timeEpoch: 8.7e15 } },
    ],
    ['the schedule', onSchedule, { time: 'yesterday' }],
    ['an alarm', onAlarm, { ...event('cloudwatch-alarm-state-change'), time: 'yesterday' }],
  ])('since the time of %s is none is refused by its name', async (_, handler, given) => {
    const refusal = invoke(handler, given);

    await expect(refusal).rejects.toBeInstanceOf(ContractError);
    await expect(refusal).rejects.toThrow(/time/i);
  });

  it('of a hook is answered to nobody, and one with both ids gets its answer', async () => {
    const { answers } = codedeployWith({ deploymentId: call.DeploymentId, creator: 'user' });
    const handler = hook('AfterInstall', async () => pass);

    await expect(invoke(handler, { DeploymentId: 'd-1' })).rejects.toBeInstanceOf(ContractError);
    expect(answers()).toEqual([]);

    await invoke(handler, { ...call, DeploymentId: 'd-unknown', more: [null] }).catch(
      () => undefined,
    );
    expect(answers()).toEqual(['Failed']);
  });
});

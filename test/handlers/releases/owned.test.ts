import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { ECSClient } from '@aws-sdk/client-ecs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { handler as answerTarget } from '../../../handlers/steps/answer-target.ts';
import { handler as closeRelease } from '../../../handlers/steps/close-release.ts';
import { handler as decide } from '../../../handlers/steps/decide.ts';
import { handler as launchDeployment } from '../../../handlers/steps/launch-deployment.ts';
import { handler as observe } from '../../../handlers/steps/observe.ts';
import { handler as prepareTarget } from '../../../handlers/steps/prepare-target.ts';
import { handler as proveRelease } from '../../../handlers/steps/prove-release.ts';
import { handler as requestApproval } from '../../../handlers/steps/request-approval.ts';
import { handler as setScaling } from '../../../handlers/steps/set-scaling.ts';
import { handler as startShift } from '../../../handlers/steps/start-shift.ts';
import { handler as takeBackTarget } from '../../../handlers/steps/take-back-target.ts';
import { ecsRecord, held, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

const web = ecsRecord({ forward: 'd-web', launching: true });
const api = lambdaRecord({ forward: 'd-api', launching: true });

const ofTarget = { target: 'web' };
const of = {
  observe: [observe, { machine: 'release', votes: [] }],
  'observe on the rollback': [observe, { machine: 'rollback', votes: [] }],
  'answer-target': [answerTarget, ofTarget],
  'close-release': [closeRelease, {}],
  decide: [decide, {}],
  'launch-deployment': [launchDeployment, ofTarget],
  'prepare-target': [prepareTarget, ofTarget],
  'prove-release': [proveRelease, {}],
  'request-approval': [requestApproval, { nonce: 'n'.repeat(64) }],
  'set-scaling': [setScaling, { tries: 0 }],
  'start-shift': [startShift, {}],
  'take-back-target': [takeBackTarget, ofTarget],
} as const;

let account: Account;
let clients: readonly ReturnType<typeof mockClient<any, any, any>>[];

beforeEach(async () => {
  account = await openAccount();
  clients = [
    mockClient(CodeDeployClient),
    mockClient(ECSClient),
    mockClient(LambdaClient),
    mockClient(SNSClient),
  ];
});

afterEach(() => {
  for (const client of clients) client.restore();
});

const calls = () => clients.flatMap((client) => client.calls());

const call = (name: keyof typeof of, execution: string) => {
  const [handler, input] = of[name];
  return invoke(handler, {
    ...{ pair: 'storefront', release: 'storefront-1', now: momentAfter(30) },
    ...input,
    execution,
  });
};

describe('a step of an execution that does not own the release', () => {
  it.each(Object.keys(of) as (keyof typeof of)[])(
    '%s fails, calls nothing and changes nothing',
    async (name) => {
      const decision = name.includes('back') ? 'rollback' : 'none';
      const before = record({ targets: [web, api], decision });
      await account.release(before);

      await expect(call(name, `${before.owner}-that-was-redriven`)).rejects.toThrow(
        /acts for it no more/,
      );

      expect(calls()).toEqual([]);
      expect(await account.recordOf('storefront-1')).toEqual(before);
    },
  );
});

describe('a step that comes after the end', () => {
  const after: readonly [keyof typeof of, Partial<ReleaseRecord>][] = [
    ['answer-target', { decision: 'promote', end: 'Promoted' }],
    ['launch-deployment', { decision: 'none', end: 'Rejected' }],
    ['start-shift', { decision: 'none', end: 'Rejected' }],
    ['set-scaling', { decision: 'promote', end: 'Promoted' }],
    ['take-back-target', { decision: 'rollback', end: 'RolledBack', takenBack: 'back' }],
    ['take-back-target', { decision: 'rollback', end: 'NeedsAttention', takenBack: 'stuck' }],
  ];

  it.each(after)('%s does nothing', async (name, facts) => {
    const released = { ...web, released: true, arrivedAt: momentAfter(10) };
    const before = {
      ...record({ targets: [released, api], hooks: [held('d-web', 'AfterAllowTraffic')] }),
      ...facts,
    };
    await account.release(before);

    await call(name, before.owner);

    expect(calls()).toEqual([]);
  });
});

describe('an execution that has handed its release over', () => {
  it('learns from CloseRelease how the release ended, and nothing is done again', async () => {
    const before = record({ targets: [web, api], end: 'RolledBack', closed: true });
    await account.release(before);

    expect(await call('close-release', 'the-execution-before')).toMatchObject({
      end: 'RolledBack',
    });

    expect(calls()).toEqual([]);
    expect(await account.recordOf('storefront-1')).toEqual(before);
  });
});

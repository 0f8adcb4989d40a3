import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import { CodeDeployClient, ContinueDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../../handlers/steps/answer-target.ts';
import { ecsRecord, held, momentAfter, policy, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

let account: Account;
let codedeploy: ReturnType<typeof mockClient<any, any, any>>;

beforeEach(async () => {
  account = await openAccount();
  codedeploy = mockClient(CodeDeployClient);
  codedeploy.on(ContinueDeploymentCommand).resolves({});
});

/** A release whose guard is over at minute 20, and whose alarms were looked at last at `seen`. */
const guarded = (seen: number) =>
  account.release(
    record({
      targets: [ecsRecord({ forward: 'd-web', launching: true, shifted: true })],
      hooks: [held('d-web', 'AfterAllowTraffic', { answer: 'Succeeded' })],
      decision: 'promote',
      phase: 'Guarding',
      policy: policy({ guardMinutes: 5 }),
      times: { guarded: momentAfter(15) },
      alarmsSeen: momentAfter(seen),
    }),
  );

const answer = (minute: number) =>
  invoke(handler, {
    ...{ pair: 'storefront', release: 'storefront-1', target: 'web' },
    now: momentAfter(minute),
  });

describe('the end of the guard', () => {
  it('is given to CodeDeploy after a look at the alarms at its end', async () => {
    await guarded(20);

    expect(await answer(21)).toEqual({ target: 'web', answered: true });

    expect(codedeploy).toHaveReceivedCommandTimes(ContinueDeploymentCommand, 1);
    expect((await account.recordOf('storefront-1')).times.guardEnded).toBe(momentAfter(21));
  });

  it.each([
    ['before it', 20, 19],
    ['when the last look at the alarms was one of before', 19.9, 21],
  ])('is not given %s', async (_, seen, minute) => {
    await guarded(seen);

    expect(await answer(minute)).toEqual({ target: 'web', answered: false });

    expect(codedeploy.calls()).toEqual([]);
    expect((await account.recordOf('storefront-1')).times.guardEnded).toBeUndefined();
  });
});

import type { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import type { PublishCommand } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import type { Stage } from '../../../rehearsal/stage/stage.ts';
import { approve } from '../../../rehearsal/tour/approver.ts';
import { atMinute, momentAfter, policy, record } from '../../core/fixture.ts';

/** What happens, in its order, when the person reads these records one after the other. */
const happening = async (...records: readonly (ReleaseRecord | undefined)[]) => {
  const happened: unknown[] = [];
  const left = [...records];
  const send = async (command: PublishCommand | DescribeExecutionCommand) => {
    if ('executionArn' in command.input) return { status: left.length > 0 ? 'RUNNING' : 'FAILED' };
    const { TopicArn, Message } = command.input as PublishCommand['input'];
    return happened.push([TopicArn, JSON.parse(Message!)]);
  };
  const stage = {
    record: async () => left.shift(),
    until: async (_: string, ask: () => Promise<unknown>) => {
      for (;;) {
        const found = await ask();
        if (found !== undefined) return found;
      }
    },
    account: { client: () => ({ send }), arn: (_: string, name: string) => name },
    sandbox: { clock: { now: () => atMinute(6) } },
  } as unknown as Stage;
  await approve(stage, 'storefront-1', async (text) => void happened.push(text));
  return happened;
};

const asking = record({
  phase: 'Asking',
  policy: policy({ approval: 'required' }),
  approval: {
    id: 'approval-1',
    state: 'pending',
    requestedAt: momentAfter(5),
    expiresAt: momentAfter(65),
    shown: [],
  },
});

it('the person of the tour approves on the topic once the release asks, and says so first', async () => {
  expect(await happening(undefined, record({ phase: 'Proving' }), asking)).toEqual([
    'A person answers on the topic tandem-approvals: APPROVE',
    [
      'tandem-approvals',
      {
        approvalId: 'approval-1',
        releaseId: 'storefront-1',
        decision: 'APPROVE',
        by: 'ada@example.com',
      },
    ],
  ]);
});

it('the person of the tour says nothing when the release ends without asking', async () => {
  expect(await happening(record({ phase: 'Ended', end: 'Rejected' }))).toEqual([]);
  expect(await happening(undefined)).toEqual([]);
});

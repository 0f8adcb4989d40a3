/** The person who approves a release on the approvals topic, once the release asks. */
import { answerOf, publishAnswer } from '../../account/answers.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { Stage } from '../stage/stage.ts';

/** The record of a release that asks, or that has ended without asking. */
const asking = ({ record, until }: Stage, release: string): Promise<ReleaseRecord> =>
  until('the request for approval', async () => {
    const found = await record(release);
    return found?.approval || found?.end ? found : undefined;
  });

/** Answers as a person would, once asked; says so first. */
export const approve = async (
  stage: Stage,
  release: string,
  say: (text: string) => Promise<void>,
): Promise<void> => {
  const record = await asking(stage, release);
  if (!record.approval) return;
  await say('A person answers on the topic tandem-approvals: APPROVE');
  const now = stage.sandbox.clock.now();
  const answer = answerOf(record, 'APPROVE', { by: 'ada@example.com' }, now);
  await publishAnswer(stage.account, answer);
};

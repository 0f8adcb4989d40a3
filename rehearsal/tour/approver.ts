/** The person who approves a release on the approvals topic, once the release asks. */
import { answerOf, publishAnswer } from '../../account/answers.ts';
import { executionsOf } from '../../account/executions.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { Stage } from '../stage/stage.ts';

/** The record of a release that asks; nothing when the release ends without asking. */
const asking = ({ account, record, until }: Stage, release: string) =>
  until('the request for approval', async (): Promise<{ asking?: ReleaseRecord } | undefined> => {
    const found = await record(release);
    if (found) return found.approval ? { asking: found } : found.end && {};
    // One that is refused at once never has a record.
    const execution = await executionsOf(account).of(release);
    return execution && execution.status !== 'RUNNING' ? {} : undefined;
  });

/** Answers as a person would, once asked; says so first. */
export const approve = async (
  stage: Stage,
  release: string,
  say: (text: string) => Promise<void>,
): Promise<void> => {
  const { asking: record } = await asking(stage, release);
  if (!record) return;
  await say('A person answers on the topic tandem-approvals: APPROVE');
  const now = stage.sandbox.clock.now();
  const answer = answerOf(record, 'APPROVE', { by: 'ada@example.com' }, now);
  await publishAnswer(stage.account, answer);
};

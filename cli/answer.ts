/** `tandem approve` and `tandem reject`: answers to a release that asks, by the topic on which it listens. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type ApprovalAnswer, answerProblem, DECIDED } from '../core/approval.ts';
import { toMoment } from '../core/moments.ts';
import { APPROVALS_TOPIC } from '../core/names.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { openAccount } from './account.ts';
import { recordsOf } from './records.ts';

/** What people may say with an answer. */
export interface AnswerOptions {
  readonly comment?: string;
  readonly by?: string;
}

/** Real milliseconds between two looks whether the answer has arrived, and looks until we leave it at that. */
const LOOK = 500;
const LOOKS = 20;

/** The answer to what a release asks. Throws a sentence when it asks nothing, or may not be answered so. */
export const answerOf = (
  record: ReleaseRecord,
  decision: ApprovalAnswer['decision'],
  { by, comment }: { readonly by: string; readonly comment?: string | undefined },
  now: number,
): ApprovalAnswer => {
  const { approval, release, phase, end } = record;
  if (!approval) {
    const state = end ? `it has ended: ${end}` : `it is ${phase}`;
    throw new Error(`${release} does not ask for an approval; ${state}`);
  }
  const answer: ApprovalAnswer = {
    approvalId: approval.id,
    releaseId: release,
    decision,
    by,
    ...(comment === undefined ? {} : { comment }),
  };
  const problem = answerProblem(record, answer, toMoment(now));
  if (problem) throw new Error(`not taken: ${problem}`);
  return answer;
};

/** Answers a release, and waits a little until it has heard it. */
export const answer = async (
  decision: ApprovalAnswer['decision'],
  release: string,
  options: AnswerOptions,
): Promise<void> => {
  const account = await openAccount();
  const { read } = recordsOf(account);
  const { comment, by = account.caller } = options;
  const said = answerOf(await read(release), decision, { by, comment }, account.now());
  await account.client(SNSClient).send(
    new PublishCommand({
      TopicArn: account.arn('sns', APPROVALS_TOPIC),
      Message: JSON.stringify(said),
    }),
  );
  for (let look = 0; look < LOOKS; look += 1) {
    const { approval } = await read(release);
    if (approval && approval.state !== 'pending') {
      const text = `${release}: ${approval.state} by ${approval.by}`;
      if (approval.state !== DECIDED[decision]) throw new Error(`${text}, who answered first`);
      process.stdout.write(`${text}\n`);
      return;
    }
    await sleep(LOOK);
  }
  throw new Error(`the answer is on the topic ${APPROVALS_TOPIC}, but ${release} has not heard it`);
};

/** Answers releases that request approval: in the name of the caller, or in another name on the topic. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { APPROVALS_TOPIC } from '../core/names.ts';
import { type ApprovalAnswer, answerProblem, DECIDED } from '../core/people/approval.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import { toMoment } from '../core/text/time.ts';
import type { Account } from './account.ts';
import { recordsOf } from './records.ts';
import { sendSigned } from './signed-answers.ts';

/** What a person says with an answer, and in which name if not their own. */
export interface AnswerWords {
  readonly comment?: string;
  readonly by?: string;
}

/** Real milliseconds between two polls for the answer's arrival, and polls until we give up. */
const POLL = 500;
const POLLS = 20;

/** The answer to what a release asks. Throws a sentence when it asks nothing, or may not be answered so. */
export const answerOf = (
  record: ReleaseRecord,
  decision: ApprovalAnswer['decision'],
  { by, comment }: { readonly by: string; readonly comment?: string | undefined },
  now: number,
  callerArn?: string,
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
  const problem = answerProblem(record, answer, toMoment(now), callerArn);
  if (problem) throw new Error(`refused: ${problem}`);
  return answer;
};

/** Publishes an answer on the topic, which believes the name in it. */
export const publishAnswer = async (account: Account, answer: unknown): Promise<void> => {
  await account.client(SNSClient).send(
    new PublishCommand({
      TopicArn: account.arn('sns', APPROVALS_TOPIC),
      Message: typeof answer === 'string' ? answer : JSON.stringify(answer),
    }),
  );
};

/** Polls a release until it has an answer; throws when another one came first, or none arrives. */
const arrival = async (
  account: Account,
  { releaseId: release, decision }: ApprovalAnswer,
): Promise<string> => {
  const { read } = recordsOf(account);
  for (let poll = 0; poll < POLLS; poll += 1) {
    const { approval } = await read(release);
    if (approval && approval.state !== 'pending') {
      const text = `${release}: ${approval.state} by ${approval.by}`;
      if (approval.state !== DECIDED[decision]) throw new Error(`${text}, who answered first`);
      return text;
    }
    await sleep(POLL);
  }
  throw new Error(`the answer is on the topic ${APPROVALS_TOPIC}, but ${release} has not heard it`);
};

/**
 * Answers a release by the URL that knows the caller; by the topic where there is no such URL, or in another name.
 * Returns the reply; throws a sentence when the answer is refused.
 */
export const answerRelease = async (
  account: Account,
  release: string,
  decision: ApprovalAnswer['decision'],
  { comment, by }: AnswerWords,
): Promise<string> => {
  const record = await recordsOf(account).read(release);
  const callerArn = by === undefined ? account.identity : undefined;
  const words = { by: by ?? account.caller, comment };
  const answer = answerOf(record, decision, words, account.now(), callerArn);
  const reply = callerArn === undefined ? undefined : await sendSigned(account, answer);
  if (reply) {
    if (!reply.accepted) throw new Error(`refused: ${reply.text}`);
    return `${release}: ${reply.text}`;
  }
  await publishAnswer(account, answer);
  return arrival(account, answer);
};

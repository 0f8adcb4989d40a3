/** `tandem approve` and `tandem reject`: answers to a release that asks, in the name of the caller, or of whom --by names. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type Account, openAccount } from '../../account/account.ts';
import { recordsOf } from '../../account/records.ts';
import { sendSigned } from '../../account/signed-answers.ts';
import { APPROVALS_TOPIC } from '../../core/names.ts';
import { type ApprovalAnswer, answerProblem, DECIDED } from '../../core/people/approval.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { toMoment } from '../../core/text/time.ts';

/** What people may say with an answer. */
export interface AnswerOptions {
  readonly comment?: string;
  readonly by?: string;
  readonly json?: boolean;
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

/** Publishes an answer on the topic, which believes the name in it, and waits a little until the release has heard it. */
const publish = async (account: Account, said: ApprovalAnswer): Promise<string> => {
  const { read } = recordsOf(account);
  const { releaseId: release, decision } = said;
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
      return text;
    }
    await sleep(LOOK);
  }
  throw new Error(`the answer is on the topic ${APPROVALS_TOPIC}, but ${release} has not heard it`);
};

/** Answers a release by the door that knows the caller; by the topic where there is none, or for another name. */
export const answer = async (
  decision: ApprovalAnswer['decision'],
  release: string,
  { comment, by, json }: AnswerOptions,
): Promise<void> => {
  const account = await openAccount();
  const record = await recordsOf(account).read(release);
  const callerArn = by === undefined ? account.identity : undefined;
  const words = { by: by ?? account.caller, comment };
  const said = answerOf(record, decision, words, account.now(), callerArn);
  const heard = callerArn === undefined ? undefined : await sendSigned(account, said);
  if (heard && !heard.accepted) throw new Error(`refused: ${heard.text}`);
  const text = heard ? `${release}: ${heard.text}` : await publish(account, said);
  process.stdout.write(`${json ? JSON.stringify({ release, decision, text }) : text}\n`);
};

/** `tandem approve` and `tandem reject`: answers to a release that asks, in the name of the caller, or of whom --by names. */
import { openAccount } from '../../account/account.ts';
import { type AnswerWords, answerRelease } from '../../account/answers.ts';
import type { ApprovalAnswer } from '../../core/people/approval.ts';

/** What people may say with an answer. */
export interface AnswerOptions extends AnswerWords {
  readonly json?: boolean;
}

/** Answers a release and prints its reply. */
export const answer = async (
  decision: ApprovalAnswer['decision'],
  release: string,
  { json, ...words }: AnswerOptions,
): Promise<void> => {
  const text = await answerRelease(await openAccount(), release, decision, words);
  process.stdout.write(`${json ? JSON.stringify({ release, decision, text }) : text}\n`);
};

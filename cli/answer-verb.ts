/** The verbs `approve` and `reject`: answers to a release that asks, in the name of the caller, or of whom --by names. */
import { Command } from 'commander';
import type { AnswerWords } from '../account/answers.ts';
import { COMMAND_TEXTS } from '../core/views/commands.ts';
import { BY, JSON_ONLY, RELEASE } from './option-texts.ts';

const DECISIONS = { approve: 'APPROVE', reject: 'REJECT' } as const;
type Answer = keyof typeof DECISIONS;

/** Answers a release and prints its reply. */
const send = async (
  answer: Answer,
  release: string,
  { json, ...words }: AnswerWords & { readonly json?: boolean },
): Promise<void> => {
  const { openNamedAccount } = await import('./named-account.ts');
  const { answerRelease } = await import('../account/answers.ts');
  const decision = DECISIONS[answer];
  const text = await answerRelease(await openNamedAccount(), release, decision, words);
  process.stdout.write(`${json ? JSON.stringify({ release, decision, text }) : text}\n`);
};

/** The verb of an answer. */
export const answerVerb = (answer: Answer): Command =>
  new Command(answer)
    .description(COMMAND_TEXTS[answer])
    .argument('<release>', RELEASE)
    .option('--comment <text>', 'a comment, recorded in the ledger')
    .option('--by <name>', BY)
    .option('--json', JSON_ONLY)
    .action((release, options) => send(answer, release, options));

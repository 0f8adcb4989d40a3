import type { SmokeCheck } from '../proof/proof.ts';
import { reason } from '../release/reason.ts';
import { revisionText } from '../release/revision-words.ts';
import { fail, pass, type Verdict, worst } from '../release/verdict.ts';

/** What came back for one request: a status, or the sentence of an error; `unreached` if nobody was there to answer. */
export type Answered =
  | { readonly status: number; readonly body: string }
  | { readonly error: string; readonly unreached?: true };

/** Longest part that is shown of what was asked, and of a wrong answer. */
const EXCERPT = 200;

/** The beginning of a text, on one line: it is shown in a table. */
const excerpt = (text: string): string => text.slice(0, EXCERPT).replace(/\s+/g, ' ');

/** Whether green gave the status that a smoke check wants. */
export const checkAnswer = (
  { where, ...green }: Pick<SmokeCheck, 'target' | 'revision' | 'version' | 'where'>,
  wanted: number | undefined,
  answer: Answered,
): SmokeCheck => {
  const asked = { ...green, where: excerpt(where) };
  const failed = (text: string): SmokeCheck => ({ ...asked, verdict: 'fail', text });
  if ('error' in answer) return failed(`got no answer: ${excerpt(answer.error)}`);
  if (wanted === undefined || answer.status === wanted) return { ...asked, verdict: 'pass' };
  const body = answer.body === '' ? '' : `: ${excerpt(answer.body)}`;
  return failed(`answered ${answer.status} instead of ${wanted}${body}`);
};

/** What smoke checks are worth together. */
export const smokeVerdict = (checks: readonly SmokeCheck[]): Verdict =>
  worst(
    checks.map(({ verdict, target, revision, version, where, text }) =>
      verdict === 'pass'
        ? pass
        : fail(
            reason(
              'smoke-failed',
              `Green ${target} ${revisionText({ name: revision, version })}: ${where} ${text}`,
              { target },
            ),
          ),
    ),
  );

import { reason } from '../reason.ts';
import { fail, pass, type Verdict } from '../verdict.ts';

/** What came back for one request: a status, or the sentence of a network error. */
export type Answered =
  | { readonly status: number; readonly body: string }
  | { readonly error: string };

/** Longest part of a wrong answer that is shown. */
const EXCERPT = 200;

/** Whether an answer has the status that a smoke check wants. */
export const checkAnswer = (
  target: string,
  what: string,
  wanted: number | undefined,
  answer: Answered,
): Verdict => {
  const failed = (text: string) => fail(reason('smoke-failed', `${what} ${text}`, { target }));
  if ('error' in answer) return failed(`got no answer: ${answer.error}`);
  if (wanted === undefined || answer.status === wanted) return pass;
  return failed(`answered ${answer.status} instead of ${wanted}: ${answer.body.slice(0, EXCERPT)}`);
};

import { reason } from '../release/reason.ts';
import { fail, pass, type Verdict } from '../release/verdict.ts';

/**
 * When two revisions came, in numbers that grow: numbers of versions, or moments of pushes; undefined if nobody knows.
 * `untold`: what runs is named by a tag, which may mean another image by now.
 */
export interface Ages {
  readonly wanted: number | undefined;
  readonly live: number | undefined | 'untold';
}

/** What speaks against a rollback: a revision that is newer than what runs would escape the proof. */
export const checkOlder = (target: string, wanted: string, ages: Ages): Verdict => {
  const wrong = (text: string) =>
    fail(reason('wrong-revision', `${text}; start an ordinary release`, { target }));
  if (ages.live === 'untold')
    return wrong(
      `nothing shows that ${wanted} is older than what ${target} runs: its task definition names a tag, which may mean another image by now`,
    );
  return ages.wanted !== undefined && ages.live !== undefined && ages.wanted > ages.live
    ? wrong(`${wanted} is newer than what ${target} runs: a rollback is to an older revision`)
    : pass;
};

import { reason } from '../reason.ts';
import { fail, pass, type Verdict } from '../verdict.ts';

/** When two revisions came, in numbers that grow: numbers of versions, or moments of pushes; undefined if nobody knows. */
export interface Ages {
  readonly wanted: number | undefined;
  readonly live: number | undefined;
}

/** Whether a rollback goes back: what it wants must not be newer than what runs, or it would escape the proof. */
export const checkOlder = (target: string, wanted: string, ages: Ages): Verdict =>
  ages.wanted !== undefined && ages.live !== undefined && ages.wanted > ages.live
    ? fail(
        reason(
          'wrong-revision',
          `${wanted} is newer than what ${target} runs: a rollback goes back to an older revision; start an ordinary release`,
          { target },
        ),
      )
    : pass;

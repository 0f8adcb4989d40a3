import { reason } from '../release/reason.ts';
import { fail, inconclusive, pass, type Verdict } from '../release/verdict.ts';

/** Whether what runs is what was planned: a digest or a code hash, compared by its text. */
export const checkPlanned = (
  target: string,
  what: string,
  planned: string | undefined,
  running: readonly (string | undefined)[],
): Verdict => {
  if (planned === undefined) return pass;
  if (running.length === 0) {
    return inconclusive(
      reason('not-as-planned', `${what} of ${target}: nothing runs yet`, { target }),
    );
  }
  const other = running.find((one) => one !== planned);
  return other === undefined && !running.includes(undefined)
    ? pass
    : fail(
        reason(
          'not-as-planned',
          `${what} of ${target} is ${other ?? 'unknown'}, planned was ${planned}`,
          {
            target,
          },
        ),
      );
};

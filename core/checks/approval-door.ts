import { APPROVALS_TOPIC } from '../names.ts';
import type { Policy } from '../policy.ts';
import { reason } from '../reason.ts';
import { fail, pass, type Verdict } from '../verdict.ts';

/** Whether an approval that the policy of a pair asks for can come by any door; else people would wait for its end. */
export const checkApprovalDoor = (
  pair: string,
  { approval, fourEyes }: Pick<Policy, 'approval' | 'fourEyes'>,
): Verdict =>
  approval === 'required' && fourEyes
    ? fail(
        reason(
          'approval-impossible',
          `The policy of ${pair} asks for an approval by somebody else than the requester (fourEyes), but no door knows who answers: the topic ${APPROVALS_TOPIC} does not say who published. Set fourEyes to false, or approval to "none"`,
        ),
      )
    : pass;

import type { Approval, ReleaseRecord, TargetRecord } from '../record/record.ts';
import { reason } from '../release/reason.ts';
import { revisionText, seenText } from '../release/revision-words.ts';
import { fail, pass, type Verdict } from '../release/verdict.ts';

const named = (to: string | undefined, digest: string | undefined): string =>
  `${to ?? 'nothing'} (${digest ?? 'no digest'})`;

const checkShown = ({ shown }: Approval, { name, from, to }: TargetRecord): Verdict => {
  const approved = shown.find((one) => one.name === name);
  const digest = to?.digest ?? to?.codeSha256;
  if (approved?.to === to?.name && approved?.digest === digest) return pass;
  return fail(
    reason(
      'not-as-planned',
      `People approved ${named(approved && seenText({ from, to }, approved.to), approved?.digest)} of ${name}, not ${named(to && revisionText(to), digest)}`,
      { target: name },
    ),
  );
};

/**
 * Whether people let a target go, and the very revision that would go. While Staging nobody can have been asked:
 * where this check runs before green waits for its traffic, that wait still waits for people.
 */
export const checkApproval = (
  { approval, policy, phase }: Pick<ReleaseRecord, 'approval' | 'policy' | 'phase'>,
  target: TargetRecord,
): Verdict => {
  if (approval?.state === 'rejected') {
    return fail(reason('approval-rejected', `${approval.by} rejected the release`));
  }
  if (policy.approval === 'none') return pass;
  if (approval?.state === 'approved') return checkShown(approval, target);
  if (phase === 'Staging') return pass;
  return fail(
    reason(
      'not-as-planned',
      `Somebody let ${target.name} go before people approved ${named(target.to && revisionText(target.to), target.to?.digest)}`,
      { target: target.name },
    ),
  );
};

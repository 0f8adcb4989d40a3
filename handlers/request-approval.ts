import { openApproval } from '../core/approval.ts';
import { linkTo, linkUrl } from '../core/approval-link.ts';
import { approvalRequest } from '../core/approval-request.ts';
import type { Approval, ReleaseRecord } from '../core/record.ts';
import { RequestApproval } from '../core/steps/request-approval.ts';
import { secretOf } from './approval-secret.ts';
import { optional } from './environment.ts';
import { notify } from './notify.ts';
import { step } from './step.ts';
import { changeRelease } from './table/releases.ts';

/** The link that opens the page, where the stack has one. */
const urlOf = async (record: ReleaseRecord, approval: Approval): Promise<string | undefined> => {
  const page = optional('approvalPage');
  if (page === undefined) return undefined;
  const link = linkTo(record, approval);
  return linkUrl(page, link, await secretOf(link));
};

/** Asks people on the notifications topic; asked again it sends the same approval once more. */
export const handler = step(RequestApproval, async ({ pair, release, nonce, now }) => {
  const record = await changeRelease(
    pair,
    release,
    (current) =>
      current.approval
        ? current
        : { ...current, phase: 'Asking', approval: openApproval(current, nonce, now) },
    { at: now, line: () => 'People are asked to approve' },
  );
  const approval = record.approval!;
  const request = approvalRequest(record, approval, await urlOf(record, approval));
  await notify('approval-requested', request, {
    releaseId: release,
    pair,
    subject: `Approve release ${release} of ${pair}?`,
    text: request.text,
  });
  return { expiresAt: approval.expiresAt };
});

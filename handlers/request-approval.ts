import { openApproval } from '../core/approval.ts';
import { linkTo, linkUrl } from '../core/approval-link.ts';
import { approvalRequest } from '../core/approval-request.ts';
import { answerUntil, promotionRequest } from '../core/promotion-request.ts';
import type { Approval, ReleaseRecord } from '../core/record.ts';
import { RequestApproval } from '../core/steps/request-approval.ts';
import { secretOf } from './approval-secret.ts';
import { optional } from './environment.ts';
import { notify } from './notify.ts';
import { step } from './step.ts';
import { changeRelease, readRelease } from './table/releases.ts';

/** The link that opens the page, where the stack has one. */
const urlOf = async (record: ReleaseRecord, approval: Approval): Promise<string | undefined> => {
  const page = optional('approvalPage');
  if (page === undefined) return undefined;
  const link = linkTo(record, approval);
  return linkUrl(page, link, await secretOf(link));
};

/** Asks whether a release that could not be judged goes on from its hold: by an order, as at any time. */
const askToPromote = async ({ pair, release }: ReleaseRecord, now: string) => {
  const record = await changeRelease(
    pair,
    release,
    (current) =>
      current.times.asked ? current : { ...current, times: { ...current.times, asked: now } },
    { at: now, line: () => 'People are asked whether to promote: the judge has doubts' },
  );
  const { text, ...letter } = promotionRequest(record);
  const expiresAt = answerUntil(record);
  await notify(
    'promotion-requested',
    { releaseId: release, pair, says: record.judged?.says, expiresAt, text },
    { ...letter, text },
  );
  return { expiresAt };
};

/** Asks people on the notifications topic; asked again it sends the same question once more. */
export const handler = step(RequestApproval, async ({ pair, release, nonce, now }) => {
  const before = await readRelease(pair, release);
  if (before.phase === 'Holding') return askToPromote(before, now);
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

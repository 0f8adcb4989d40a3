import { asking } from '../../core/people/approval.ts';
import { linkTo, linkUrl } from '../../core/people/approval-link.ts';
import { approvalRequest } from '../../core/people/approval-request.ts';
import {
  answerUntil,
  askedToPromote,
  promotionRequest,
} from '../../core/people/promotion-request.ts';
import type { Approval, ReleaseRecord } from '../../core/record/record.ts';
import { RequestApproval } from '../../core/steps/request-approval.ts';
import { optional } from '../function/environment.ts';
import { step } from '../function/step.ts';
import { secretOf } from '../releases/approval-secret.ts';
import { notify, notifyOn } from '../releases/notify.ts';
import { changeOwned, readOwned } from '../releases/owned.ts';
import { changeRelease } from '../table/releases.ts';

/** The link that opens the page, where the stack has one. */
const urlOf = async (record: ReleaseRecord, approval: Approval): Promise<string | undefined> => {
  const page = optional('approvalPage');
  if (page === undefined) return undefined;
  const link = linkTo(record, approval);
  return linkUrl(page, link, await secretOf(link));
};

/** Asks whether a release that could not be judged goes on from its hold: by an order, as at any time. */
const askToPromote = async ({ pair, release }: ReleaseRecord, now: string) => {
  const record = await changeRelease(pair, release, (current) => askedToPromote(current, now), {
    at: now,
    fact: () => ({ kind: 'promotion-requested', data: {} }),
  });
  const { text, ...letter } = promotionRequest(record);
  const expiresAt = answerUntil(record);
  await notify(
    'promotion-requested',
    { releaseId: release, pair, says: record.judged?.says, expiresAt, text },
    { ...letter, text },
  );
  return { expiresAt };
};

/** Sends a request for approval: everybody reads it, and only the approvers get the link, if there is a page, by which its holder may answer. */
const askToApprove = async (record: ReleaseRecord, approval: Approval): Promise<void> => {
  const { release, pair } = record;
  const letterOf = ({ text }: { readonly text: string }) => ({
    ...{ releaseId: release, pair, text },
    subject: `Approve release ${release} of ${pair}?`,
  });
  const request = approvalRequest(record, approval);
  await notify('approval-requested', request, letterOf(request));
  const topic = optional('approvalRequests');
  if (topic === undefined) return;
  const linked = approvalRequest(record, approval, await urlOf(record, approval));
  await notifyOn(topic, 'approval-requested', linked, letterOf(linked));
};

/** Requests an approval; called again it sends the same request once more. */
export const handler = step(RequestApproval, async ({ nonce, now, ...about }) => {
  const before = await readOwned(about);
  if (before.phase === 'Holding') return askToPromote(before, now);
  const record = await changeOwned(about, (current) => asking(current, nonce, now), {
    at: now,
    fact: ({ approval }) => ({
      kind: 'approval-requested',
      data: { id: approval!.id, expiresAt: approval!.expiresAt },
    }),
  });
  const approval = record.approval!;
  await askToApprove(record, approval);
  return { expiresAt: approval.expiresAt };
});

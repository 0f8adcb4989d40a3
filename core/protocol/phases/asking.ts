import { reason } from '../../release/reason.ts';
import { toMilliseconds } from '../../text/time.ts';
import { HELD_BEFORE, holdBefore } from './hold-before.ts';
import { type Next, ordersOf, rollback, type View, waitForPeople } from './view.ts';
import { warming } from './warming.ts';

/** A hold before the shift costs nothing but time; it has an end all the same, since the turn is held too. */
const heldBefore = (view: View): Next => {
  if (!view.record.commands.hold) return warming(view);
  const { longest, end } = holdBefore(view.record);
  if (view.now < end) {
    const why = { for: HELD_BEFORE, deadline: end, words: ordersOf(view.record) };
    return waitForPeople(view, why, longest);
  }
  return rollback(
    reason(
      'held-too-long',
      `The release was held for ${longest / 60} hours before any traffic moved; resume earlier`,
    ),
  );
};

/** Asking: people look at green before any user does. */
export const asking = (view: View): Next => {
  const { approval, policy } = view.record;
  if (policy.approval === 'none' || approval?.state === 'approved') return heldBefore(view);
  if (!approval) return { phase: 'Asking', action: 'ask' };
  if (approval.state === 'rejected') {
    const comment = approval.comment ? `: ${approval.comment}` : '';
    return rollback(
      reason('approval-rejected', `${approval.by ?? 'A person'} rejected the release${comment}`),
    );
  }
  const expires = toMilliseconds(approval.expiresAt);
  if (view.now < expires) {
    const words = ['approve', 'reject', 'abort'] as const;
    return waitForPeople(
      view,
      { for: 'an approval', deadline: expires, words },
      policy.approvalMinutes,
    );
  }
  return rollback(
    reason(
      'approval-expired',
      `Nobody approved the release within ${policy.approvalMinutes} minutes`,
    ),
  );
};

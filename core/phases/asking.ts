import { minutes, toMilliseconds } from '../moments.ts';
import { readyWaitMinutes } from '../policy.ts';
import { reason } from '../reason.ts';
import type { ReleaseRecord } from '../record.ts';
import { type Next, rollback, type View, waitForPeople } from './view.ts';
import { warming } from './warming.ts';

/** Minutes before the end of green's wait at READY at which a hold ends: then the reason is ours, not CodeDeploy's time-out. */
const MARGIN_MINUTES = 30;

/** The longest hold before the shift in minutes, and its end in milliseconds since 1970. */
export const holdBefore = ({
  times,
  policy,
}: Pick<ReleaseRecord, 'times' | 'policy'>): { readonly longest: number; readonly end: number } => {
  const longest = readyWaitMinutes(policy) - MARGIN_MINUTES;
  return { longest, end: toMilliseconds(times.staged ?? times.started) + minutes(longest) };
};

/** A hold before the shift costs nothing but time; it has an end all the same, since the turn is held too. */
const heldBefore = (view: View): Next => {
  if (!view.record.commands.hold) return warming(view);
  const { longest, end } = holdBefore(view.record);
  if (view.now < end) return waitForPeople(view, end, longest);
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
  if (view.now < expires) return waitForPeople(view, expires, policy.approvalMinutes);
  return rollback(
    reason(
      'approval-expired',
      `Nobody approved the release within ${policy.approvalMinutes} minutes`,
    ),
  );
};

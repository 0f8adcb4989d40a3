import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { minutes, toMilliseconds, toMoment } from './moments.ts';
import { type Approval, movingTargets, type ReleaseRecord } from './record.ts';
import { Text } from './schema.ts';

/** What comes on the approvals topic. */
export const ApprovalAnswer = z.object({
  approvalId: Text,
  releaseId: Text,
  decision: z.enum(['APPROVE', 'REJECT']),
  by: Text.check(z.maxLength(256)),
  comment: z.optional(z.string().check(z.maxLength(1024))),
});
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;

/** What an approval is once an answer has decided it. */
export const DECIDED = { APPROVE: 'approved', REJECT: 'rejected' } as const;

/** Hex characters of an approval's id: 128 bits. */
const ID_LENGTH = 32;

/** What people see of the targets that move: where each goes, by name and by digest. */
const shownOf = (record: ReleaseRecord): Approval['shown'] =>
  movingTargets(record).map(({ name, to }) => {
    const digest = to?.digest ?? to?.codeSha256;
    return { name, to: to?.name ?? 'nothing', ...(digest === undefined ? {} : { digest }) };
  });

/** Opens an approval; its id is made of a nonce that only Step Functions knew. */
export const openApproval = (record: ReleaseRecord, nonce: string, now: string): Approval => ({
  id: createHash('sha256').update(`${record.release}\n${nonce}`).digest('hex').slice(0, ID_LENGTH),
  state: 'pending',
  requestedAt: now,
  expiresAt: toMoment(toMilliseconds(now) + minutes(record.policy.approvalMinutes)),
  shown: shownOf(record),
});

/** Why an answer has no effect; undefined when it decides. */
export const answerProblem = (
  record: ReleaseRecord | undefined,
  { approvalId, decision }: ApprovalAnswer,
  now: string,
): string | undefined => {
  const approval = record?.approval;
  if (!record || approval?.id !== approvalId) return 'no release waits for this approval';
  if (record.policy.fourEyes && decision === 'APPROVE') {
    return 'the pair wants four eyes, and SNS does not say who published: nobody can approve by this door';
  }
  if (approval.state !== 'pending') return `already ${approval.state} by ${approval.by}`;
  if (record.end || record.decision !== 'none') return 'the release no longer asks';
  if (now >= approval.expiresAt) return `expired at ${approval.expiresAt}`;
  return undefined;
};

/** The record with the first valid answer; any later one changes nothing. */
export const answered = (
  record: ReleaseRecord,
  { decision, by, comment }: ApprovalAnswer,
): ReleaseRecord => ({
  ...record,
  approval: {
    ...record.approval!,
    state: DECIDED[decision],
    by,
    ...(comment === undefined ? {} : { comment }),
  },
});

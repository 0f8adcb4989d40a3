import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Happened } from '../facts/kinds.ts';
import { type Approval, movingTargets, type ReleaseRecord } from '../record/record.ts';
import { callerName, isSamePerson } from '../text/caller.ts';
import { Person } from '../text/filled.ts';
import { oneLine } from '../text/one-line.ts';
import { Text } from '../text/schema.ts';
import { minutes, toMilliseconds, toMoment } from '../text/time.ts';

/** What comes on the approvals topic. */
export const ApprovalAnswer = z.object({
  approvalId: Text.check(z.describe('Id of the request for approval, as its message gives it.')),
  releaseId: Text.check(z.describe('Id of the release.')),
  decision: z.enum(['APPROVE', 'REJECT']).check(z.describe('The answer.')),
  by: Person.check(z.describe('Who answers.')),
  comment: z
    .optional(z.string().check(z.maxLength(1024)))
    .check(z.describe('Why; people read it in the ledger.')),
});
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;

/** An answer by the door that knows its caller: it says no name. */
export const CallersAnswer = z.omit(ApprovalAnswer, { by: true });
export type CallersAnswer = z.infer<typeof CallersAnswer>;

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

/** Opens an approval; its id is made of a nonce that only Step Functions knew. @internal */
export const openApproval = (record: ReleaseRecord, nonce: string, now: string): Approval => ({
  id: createHash('sha256').update(`${record.release}\n${nonce}`).digest('hex').slice(0, ID_LENGTH),
  state: 'pending',
  requestedAt: now,
  expiresAt: toMoment(toMilliseconds(now) + minutes(record.policy.approvalMinutes)),
  shown: shownOf(record),
});

/** The record of a release that asks people; unchanged where it has asked. */
export const asking = (record: ReleaseRecord, nonce: string, now: string): ReleaseRecord =>
  record.approval
    ? record
    : { ...record, phase: 'Asking', approval: openApproval(record, nonce, now) };

/** Why four eyes refuse an approval: by a caller that IAM knows, or by one whom nobody knows. */
const eyesProblem = (
  { requestedBy, authors = [] }: ReleaseRecord,
  callerArn: string | undefined,
): string | undefined => {
  if (callerArn === undefined)
    return 'the pair requires four eyes, and this way to answer does not prove who answers: approve with npx tandem approve';
  const is = (person: string) => isSamePerson(callerArn, person);
  const author = authors.find(is);
  const role = is(requestedBy)
    ? `the requester (${requestedBy})`
    : author !== undefined && `an author of the change (${author})`;
  return role
    ? `the pair requires four eyes, and ${callerName(callerArn)} may be ${role}: another person must approve it`
    : undefined;
};

/** Why an answer has no effect; undefined when it decides. `callerArn` is whose answer it is, where IAM knows that. */
export const answerProblem = (
  record: ReleaseRecord | undefined,
  { approvalId, decision }: ApprovalAnswer,
  now: string,
  callerArn?: string,
): string | undefined => {
  const approval = record?.approval;
  if (!record || approval?.id !== approvalId) return 'no release waits for this approval';
  if (record.policy.fourEyes && decision === 'APPROVE') {
    const problem = eyesProblem(record, callerArn);
    if (problem) return problem;
  }
  if (approval.state !== 'pending') return `already ${approval.state} by ${approval.by}`;
  if (record.end || record.decision !== 'none')
    return 'the release no longer waits for an approval';
  if (now >= approval.expiresAt) return `expired at ${approval.expiresAt}`;
  return undefined;
};

/** The record with the first valid answer; any later one changes nothing. */
export const answered = (
  record: ReleaseRecord,
  { decision, by, comment }: ApprovalAnswer,
  callerArn?: string,
): ReleaseRecord => ({
  ...record,
  approval: {
    ...record.approval!,
    state: DECIDED[decision],
    by: oneLine(by),
    ...(callerArn === undefined ? {} : { identity: callerArn }),
    ...(comment === undefined ? {} : { comment: oneLine(comment) }),
  },
});

/** The fact of an answer that has decided. */
export const answeredFact = ({ state, by = 'somebody', comment }: Approval): Happened => ({
  kind: 'approval-answered',
  data: {
    state: state === 'approved' ? 'approved' : 'rejected',
    by,
    ...(comment === undefined ? {} : { comment }),
  },
});

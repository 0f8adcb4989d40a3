import { goesBack } from './intent.ts';
import { APPROVALS_TOPIC } from './names.ts';
import { proofTable } from './proof-table.ts';
import type { Approval, ReleaseRecord } from './record.ts';

/** What people are shown before they decide: revisions, digests, the proof cell by cell, and how to answer. */
const shown = (record: ReleaseRecord, approval: Approval) => ({
  approvalId: approval.id,
  releaseId: record.release,
  pair: record.pair,
  intent: record.intent,
  requestedBy: record.requestedBy,
  reason: record.reason,
  targets: approval.shown.map(({ name, to, digest }) => ({
    name,
    from: record.targets[name]?.from?.name,
    to,
    digest,
  })),
  unchanged: Object.values(record.targets).flatMap(({ name, unchanged }) =>
    unchanged ? [name] : [],
  ),
  leftAlone: Object.keys(record.leftAlone),
  proof: record.proof,
  expiresAt: approval.expiresAt,
  answer: {
    topic: APPROVALS_TOPIC,
    message: {
      approvalId: approval.id,
      releaseId: record.release,
      decision: 'APPROVE | REJECT',
      by: '<you>',
    },
  },
});
type Shown = ReturnType<typeof shown>;

/** The same as a letter: this is what comes by e-mail. */
const letter = (
  { releaseId, pair, requestedBy, reason, targets, unchanged, leftAlone, ...rest }: Shown,
  { proof, intent }: Pick<ReleaseRecord, 'proof' | 'intent'>,
): string =>
  [
    `Release ${releaseId} of ${pair} asks for approval until ${rest.expiresAt}; then it is rejected.`,
    `${requestedBy} asked for it${reason ? `: ${reason}` : '.'}`,
    '',
    ...targets.map(
      ({ name, from, to, digest }) => `${name}: ${from} -> ${to}${digest ? ` (${digest})` : ''}`,
    ),
    ...unchanged.map((name) => `${name}: unchanged`),
    ...leftAlone.map((name) => `${name}: left alone`),
    '',
    ...(goesBack({ intent })
      ? ['It goes back to older revisions: they are not proven again.', '']
      : []),
    ...(proof ? [...proofTable(proof), ''] : []),
    `To answer, publish on the topic ${rest.answer.topic}, with APPROVE or REJECT and your name:`,
    JSON.stringify(rest.answer.message),
    '',
  ].join('\n');

/** The request for an approval: for programs member by member, and its `text` for people. */
export const approvalRequest = (record: ReleaseRecord, approval: Approval) => {
  const request = shown(record, approval);
  return { ...request, text: letter(request, record) };
};

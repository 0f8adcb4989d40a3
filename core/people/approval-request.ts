import { APPROVALS_TOPIC } from '../names.ts';
import { proofTable } from '../proof/proof-table.ts';
import { greenAddress, WHILE_ASKING } from '../record/green-address.ts';
import type { Approval, ReleaseRecord } from '../record/record.ts';
import { describeCurve } from '../release/curve.ts';
import { goesBack } from '../release/intent.ts';
import { revisionText, versionsOf } from '../release/revision-words.ts';
import { settingText } from '../release/settings.ts';
import { underRedText } from '../release/under-red-words.ts';
import { riskLine } from '../risk/words.ts';

/** What happens after an approval, in minutes: how traffic moves, and how long alarms can still roll back. */
const followsText = ({
  curve,
  policy: { bakeMinutes, guardMinutes },
}: Pick<ReleaseRecord, 'curve' | 'policy'>): string =>
  `Traffic moves ${describeCurve(curve)}. Then green serves everybody for ${bakeMinutes} minutes with blue still running (bake), and blue is kept for ${guardMinutes} minutes more (guard). Until then an alarm or an abort rolls back.`;

/** What people are shown before they decide: revisions, digests, the proof cell by cell, and how to answer. */
const shown = (record: ReleaseRecord, approval: Approval, link: string | undefined) => ({
  approvalId: approval.id,
  releaseId: record.release,
  pair: record.pair,
  intent: record.intent,
  requestedBy: record.requestedBy,
  authors: record.authors,
  reason: record.reason,
  commit: record.change?.commit,
  targets: approval.shown.map(({ name, to, digest }) => {
    const target = record.targets[name];
    return {
      name,
      from: target?.from?.name,
      to,
      ...versionsOf(target ?? {}),
      digest,
      changes: target?.changes ?? [],
      green: target && greenAddress(target),
    };
  }),
  unchanged: Object.values(record.targets).flatMap(({ name, unchanged }) =>
    unchanged ? [name] : [],
  ),
  leftAlone: Object.keys(record.leftAlone),
  follows: followsText(record),
  risk: record.risk,
  underRed: record.underRed && underRedText(record.underRed),
  proof: record.proof,
  expiresAt: approval.expiresAt,
  fourEyes: record.policy.fourEyes,
  answer: {
    link,
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

/** Where users of a target are now: `1.0.0 (storefront-web:1)`. */
export const fromText = ({ from, fromVersion }: Shown['targets'][number]): string =>
  from === undefined ? 'nothing' : revisionText({ name: from, version: fromVersion });

/** What an approval brings them to. */
export const toText = ({ to, toVersion }: Shown['targets'][number]): string =>
  revisionText({ name: to, version: toVersion });

/** How to look at green of each target, one line each. */
const lookLines = (targets: Shown['targets']): readonly string[] => {
  const lines = targets.flatMap(({ name, green }) =>
    green ? [`${name}: ${green.link ?? green.command}`, `  ${green.note}`] : [],
  );
  return lines.length === 0 ? [] : ['Check green before you answer:', ...lines, WHILE_ASKING, ''];
};

/** The doors by which an answer may come; with four eyes only one of them takes an approval. */
const howToAnswer = (
  release: string,
  {
    requestedBy,
    authors = [],
    answer,
    fourEyes,
  }: Pick<Shown, 'requestedBy' | 'authors' | 'answer' | 'fourEyes'>,
): readonly string[] => {
  const open = answer.link === undefined ? [] : ['To see it, and to answer, open', answer.link, ''];
  if (fourEyes)
    return [
      ...open,
      `The pair requires four eyes: a person other than ${[requestedBy, ...authors].join(', ')} approves it with`,
      `npx tandem approve ${release}`,
      'Every other way to answer only rejects.',
    ];
  return [
    ...open,
    `Or run npx tandem approve ${release} (or reject), or publish on the topic ${answer.topic}, with APPROVE or REJECT and your name:`,
    JSON.stringify(answer.message),
  ];
};

/** The same as a letter: this is what comes by e-mail. */
const letter = (
  { releaseId, pair, reason, targets, unchanged, leftAlone, ...rest }: Shown,
  { proof, intent, risk }: Pick<ReleaseRecord, 'proof' | 'intent' | 'risk'>,
): string =>
  [
    `Release ${releaseId} of ${pair} needs approval by ${rest.expiresAt}; then it is rejected.`,
    `${rest.requestedBy} requested it${reason ? `: ${reason}` : '.'}`,
    ...(rest.authors ? [`Authors: ${rest.authors.join(', ')}.`] : []),
    ...(rest.commit ? [`It is built from commit ${rest.commit}.`] : []),
    '',
    ...targets.flatMap((target) => [
      `${target.name}: ${fromText(target)} -> ${toText(target)}`,
      ...(target.digest ? [`  ${target.digest}`] : []),
      ...target.changes.map((change) => `  ${settingText(change)}`),
    ]),
    ...unchanged.map((name) => `${name}: unchanged`),
    ...leftAlone.map((name) => `${name}: left alone`),
    '',
    ...lookLines(targets),
    ...(rest.underRed ? [`${rest.underRed}.`, ''] : []),
    rest.follows,
    '',
    ...(risk ? [riskLine(risk), ''] : []),
    ...(goesBack({ intent })
      ? ['It rolls back to older revisions, which are not proven again.', '']
      : []),
    ...(proof ? [...proofTable(proof), ''] : []),
    ...howToAnswer(releaseId, rest),
    '',
  ].join('\n');

/** The request for an approval: for programs member by member, and its `text` for people. */
export const approvalRequest = (record: ReleaseRecord, approval: Approval, link?: string) => {
  const request = shown(record, approval, link);
  return { ...request, text: letter(request, record) };
};

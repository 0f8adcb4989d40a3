import { endTitle, judgedOf, notJudgedText } from '../record/judged-words.ts';
import type { ReleaseRecord } from '../record/record.ts';
import type { ReleaseInput } from '../release/input.ts';
import type { Reason } from '../release/reason.ts';
import { revisionText, versionsOf } from '../release/revision-words.ts';
import { toMilliseconds } from '../text/time.ts';
import { causeOf, endOf } from './ending.ts';

/** What mail, report and console say of a release that has ended. */
export const summaryOf = (record: ReleaseRecord) => {
  const end = endOf(record);
  const { started, ended, firstBadSign, allBack } = record.times;
  const since = (from: string | undefined, to: string | undefined) =>
    from && to ? (toMilliseconds(to) - toMilliseconds(from)) / 1000 : undefined;
  return {
    releaseId: record.release,
    pair: record.pair,
    end,
    title: endTitle(record, end),
    text: [causeOf(end, record.reasons), notJudgedText(record, end)].filter(Boolean).join(' '),
    reasons: record.reasons,
    /** How far each target was judged, and how many alarms of green had enough data. */
    judged: judgedOf(record),
    alarmData: record.alarmData ?? 'unwatched',
    intent: record.intent,
    requestedBy: record.requestedBy,
    authors: record.authors,
    commit: record.change?.commit,
    ...(record.underRed
      ? { underRedAlarms: { reason: record.underRed.reason, alarms: record.underRed.alarms } }
      : {}),
    targets: Object.values(record.targets).map(
      ({ name, registration, from, to, lane, unchanged }) => {
        const live = lane.live || from?.name;
        return {
          name,
          kind: registration.kind,
          from: from?.name,
          to: to?.name,
          live,
          ...versionsOf({ from, to }, live),
          unchanged,
        };
      },
    ),
    seconds: since(started, ended),
    ...(firstBadSign && allBack ? { rollbackSeconds: since(firstBadSign, allBack) } : {}),
    ...(record.parent ? { parent: record.parent } : {}),
  };
};

/** The same of a release that was refused: it has no record, only what was asked for. */
export const refusalOf = (
  { pair, intent, requestedBy, parent }: ReleaseInput,
  releaseId: string,
  reasons: readonly Reason[],
) => ({
  releaseId,
  pair,
  end: 'Rejected' as const,
  title: 'Rejected',
  text: causeOf('Rejected', reasons),
  reasons,
  intent,
  requestedBy,
  targets: [],
  ...(parent ? { parent } : {}),
});
export type Summary = ReturnType<typeof summaryOf> | ReturnType<typeof refusalOf>;

/** What a target of a summary came from, went to, and serves now, for people. */
export const targetTexts = ({
  from,
  fromVersion,
  to,
  toVersion,
  live,
  liveVersion,
}: Pick<
  ReturnType<typeof summaryOf>['targets'][number],
  'from' | 'fromVersion' | 'to' | 'toVersion' | 'live' | 'liveVersion'
>) => {
  const text = (name: string | undefined, version: string | undefined) =>
    name === undefined ? undefined : revisionText({ name, version });
  return { from: text(from, fromVersion), to: text(to, toVersion), live: text(live, liveVersion) };
};

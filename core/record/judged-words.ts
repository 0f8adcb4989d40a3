/** Says how far a release was judged, wherever its end is told. */
import type { End } from '../release/end.ts';
import { goesBack } from '../release/intent.ts';
import { JUDGED_STATES, type JudgedState } from '../release/judged.ts';
import { movingTargets, type ReleaseRecord } from './record.ts';

/** How far each target that moved was judged; a target that users never met was not. */
export const judgedOf = (record: ReleaseRecord): Readonly<Record<string, JudgedState>> => {
  const { judged, policy } = record;
  const always: JudgedState | undefined = goesBack(record)
    ? 'going-back'
    : policy.judgement.mode === 'off'
      ? 'off'
      : undefined;
  return Object.fromEntries(
    movingTargets(record).map(({ name }) => [
      name,
      always ?? judged?.targets?.[name] ?? 'not-compared',
    ]),
  );
};

/** Why targets were not judged, one sentence part for each reason: `web, api: green had no requests beside blue`. */
const unjudgedTexts = (states: Readonly<Record<string, JudgedState>>): readonly string[] =>
  Object.entries(JUDGED_STATES).flatMap(([state, why]) => {
    if (state === 'judged') return [];
    const names = Object.keys(states).filter((name) => states[name] === state);
    return names.length > 0 ? [`${names.join(', ')}: ${why}`] : [];
  });

/** The end as a headline: a release that nothing could be judged of is not only `Promoted`. */
export const endTitle = (record: ReleaseRecord, end: End): string => {
  const states = Object.values(judgedOf(record));
  const isJudged = states.length === 0 || states.includes('judged');
  return end === 'Promoted' && !isJudged ? 'Promoted, not judged' : end;
};

/** What a promoted release was not judged by, in a sentence each; empty where every target was judged and alarms had data. */
export const notJudgedText = (record: ReleaseRecord, end: End): string => {
  if (end !== 'Promoted') return '';
  const unjudged = unjudgedTexts(judgedOf(record));
  const { alarmData, policy } = record;
  return [
    ...(unjudged.length > 0 ? [`Not judged: ${unjudged.join('; ')}.`] : []),
    ...(policy.judgement.mode === 'tell' && !goesBack(record)
      ? ['`judgement.mode` is `tell`, so no comparison could roll it back.']
      : []),
    ...(alarmData === 'none'
      ? ['When they were read last, no alarm of the new version had enough data.']
      : []),
  ].join(' ');
};

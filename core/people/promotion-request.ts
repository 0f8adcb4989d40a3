/** The question to people whether a release goes on from its hold, where it could not be judged. */

import { bakeOf } from '../protocol/phases/holding.ts';
import { movingTargets, type ReleaseRecord } from '../record/record.ts';
import { movedText } from '../release/revision-words.ts';
import { toMoment } from '../text/time.ts';
import type { Letter } from './messages.ts';

/** Until when people can answer, in ISO 8601: then the first hold is nearly over. */
export const answerUntil = (record: ReleaseRecord): string =>
  toMoment(bakeOf(movingTargets(record), record.policy).deadline);

/** The question as a letter. */
export const promotionRequest = (record: ReleaseRecord): Letter => {
  const { pair, release, judged } = record;
  return {
    releaseId: release,
    pair,
    subject: `Promote release ${release} of ${pair}?`,
    text: [
      `All traffic of ${pair} is on the new version, and the bake is over, but the judge has doubts:`,
      ...movingTargets(record).flatMap(({ name, from, to }) =>
        from && to ? [`${name}: ${movedText(from, to)}`] : [],
      ),
      ...(judged?.says ?? []),
      ...(judged?.advice ?? []),
      '',
      `To promote:    npx tandem promote ${release}`,
      `To roll back:  npx tandem abort ${release}`,
      '',
      `At ${answerUntil(record)} it rolls back by itself.`,
      '',
    ].join('\n'),
  };
};

/** The record of a release that has asked people whether to go on from its hold; unchanged where it has asked. */
export const askedToPromote = (record: ReleaseRecord, now: string): ReleaseRecord =>
  record.times.asked ? record : { ...record, times: { ...record.times, asked: now } };

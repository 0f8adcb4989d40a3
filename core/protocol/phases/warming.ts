import { movingTargets, type ReleaseRecord, type TargetRecord } from '../../record/record.ts';
import { goesBack } from '../../release/intent.ts';
import { minutes, toMilliseconds } from '../../text/time.ts';
import { shifting } from './shifting.ts';
import { type Next, proceed, type View } from './view.ts';

/** Minutes after which a green that was warmed and has no users counts as cold again. */
const WARM_MINUTES = 10;

/** Targets whose green is warmed. A release that rolls back is not: its users wait. */
export const warmedTargets = (record: ReleaseRecord): readonly TargetRecord[] =>
  goesBack(record)
    ? []
    : movingTargets(record).filter(({ registration }) => registration.warmUp.requests > 0);

/** Warming: right before the shift, since green cools down while an approval or a hold takes hours. */
export const warming = (view: View): Next => {
  const { record, now } = view;
  const { warmed } = record;
  const isWarm = warmed && now < toMilliseconds(warmed.at) + minutes(WARM_MINUTES);
  return isWarm || warmedTargets(record).length === 0
    ? shifting(view)
    : proceed('Proving', 'prove-release');
};

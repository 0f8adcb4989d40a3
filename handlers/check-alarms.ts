import { checkAlarms } from '../core/checks/alarms.ts';
import { errorText } from '../core/errors.ts';
import { reason } from '../core/reason.ts';
import { CheckAlarms } from '../core/steps/check-alarms.ts';
import { inconclusive, pass, type Verdict } from '../core/verdict.ts';
import { isPassing } from './passing.ts';
import { readAlarms } from './reading/alarms.ts';
import { step } from './step.ts';
import { readRelease } from './table/releases.ts';

/** That the alarms cannot be read now says nothing of them; a refusal is a failure. */
const unread = (error: unknown): Verdict => {
  if (!isPassing(error)) throw error;
  return inconclusive(reason('not-read', `The alarms could not be read: ${errorText(error)}`));
};

/** What the alarms that guard the release's targets say now. */
export const handler = step(CheckAlarms, async ({ pair, release }) => {
  const { targets, times } = await readRelease(pair, release);
  // After the guard a red alarm is a new incident, not this release's.
  if (times.guardEnded) return pass;
  const names = [...new Set(Object.values(targets).flatMap((one) => one.registration.alarms))];
  const alarms = await readAlarms(names).catch(unread);
  return 'verdict' in alarms ? alarms : checkAlarms(names, alarms, 'under-way');
});

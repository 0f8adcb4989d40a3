import { checkAlarms } from '../core/checks/alarms.ts';
import { CheckAlarms } from '../core/steps/check-alarms.ts';
import { vote } from '../core/vote.ts';
import { readAlarms } from './reading/alarms.ts';
import { step } from './step.ts';
import { readRelease } from './table/releases.ts';

/** What the alarms that guard the release's targets say now. */
export const handler = step(CheckAlarms, async ({ pair, release }) => {
  const { targets } = await readRelease(pair, release);
  const names = [...new Set(Object.values(targets).flatMap((one) => one.registration.alarms))];
  return vote('alarms', checkAlarms(names, await readAlarms(names), 'under-way'));
});

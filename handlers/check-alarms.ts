import { checkAlarms } from '../core/checks/alarms.ts';
import { CheckAlarms } from '../core/steps/check-alarms.ts';
import { readAlarms } from './reading/alarms.ts';
import { step } from './step.ts';
import { readRelease } from './table/releases.ts';

/** What the alarms that guard the release's targets say now. */
export const handler = step(CheckAlarms, async ({ pair, release }) => {
  const { targets } = await readRelease(pair, release);
  const watched = Object.values(targets);
  const names = [...new Set(watched.flatMap((one) => one.registration.alarms))];
  return checkAlarms(names, await readAlarms(names), 'under-way', watched);
});

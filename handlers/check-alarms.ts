import { checkAlarms } from '../core/checks/alarms.ts';
import { tellsOfGreen } from '../core/checks/green.ts';
import { CheckAlarms } from '../core/steps/check-alarms.ts';
import { vote } from '../core/vote.ts';
import { readAlarms } from './reading/alarms.ts';
import { step } from './step.ts';
import { readRelease } from './table/releases.ts';

/** What the alarms of the pair say now: users of a half that is left alone meet the half that moves. */
export const handler = step(CheckAlarms, async ({ pair, release }) => {
  const record = await readRelease(pair, release);
  const alarms = await readAlarms(record.alarms);
  const about = { targets: Object.values(record.targets), tellsOfGreen: tellsOfGreen(record) };
  return vote('alarms', checkAlarms(record.alarms, alarms, 'under-way', about));
});

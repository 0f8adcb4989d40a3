import { checkAlarms } from '../core/checks/alarms.ts';
import { pairTargets } from '../core/record.ts';
import { CheckAlarms } from '../core/steps/check-alarms.ts';
import { vote } from '../core/vote.ts';
import { readAlarms } from './reading/alarms.ts';
import { step } from './step.ts';
import { readRelease } from './table/releases.ts';

/** What the alarms of the pair say now: users of a half that is left alone meet the half that moves. */
export const handler = step(CheckAlarms, async ({ pair, release }) => {
  const targets = pairTargets(await readRelease(pair, release));
  const names = [...new Set(targets.flatMap(({ alarms }) => alarms))];
  return vote('alarms', checkAlarms(names, await readAlarms(names), 'under-way'));
});

import { CheckAlarms } from '../../core/steps/check-alarms.ts';
import { step } from '../function/step.ts';
import { readOwned } from '../releases/owned.ts';
import { voteOfAlarms } from '../votes/alarms.ts';

/** The vote of the alarms, for an execution of an earlier machine: `observe` reads them itself. */
export const handler = step(CheckAlarms, async ({ now, ...about }) =>
  voteOfAlarms(await readOwned(about), now),
);

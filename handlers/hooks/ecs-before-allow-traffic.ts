import { checkAlarms } from '../../core/checks/alarms.ts';
import { goesBack } from '../../core/intent.ts';
import { reason } from '../../core/reason.ts';
import { fail, pass, worst } from '../../core/verdict.ts';
import { readAlarms } from '../reading/alarms.ts';
import { hook } from './hook.ts';

/**
 * ECS BeforeAllowTraffic: no alarm is red, unless the release goes back from what made it red, and nobody has rejected.
 * It is never held: whether it runs before or after the wait at READY is documented nowhere, so an approval that is
 * still awaited must not stop it.
 */
export const handler = hook('BeforeAllowTraffic', async ({ record, target }) => {
  const names = goesBack(record) ? [] : target.registration.alarms;
  const alarms = checkAlarms(names, await readAlarms(names), 'under-way');
  const rejected = record.approval?.state === 'rejected';
  const verdict = worst([
    rejected ? fail(reason('approval-rejected', 'A person rejected the release')) : pass,
    alarms,
  ]);
  return verdict.verdict === 'fail' ? verdict : pass;
});

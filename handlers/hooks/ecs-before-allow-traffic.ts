import { checkAlarms } from '../../core/checks/alarms.ts';
import { reason } from '../../core/reason.ts';
import { fail, pass, worst } from '../../core/verdict.ts';
import { readAlarms } from '../reading/alarms.ts';
import { hook } from './hook.ts';

/**
 * ECS BeforeAllowTraffic: no alarm is red, and nobody has rejected. It is never held: whether it runs before or
 * after the wait at READY is documented nowhere, so an approval that is still awaited must not stop it.
 */
export const handler = hook('BeforeAllowTraffic', async ({ record, target }) => {
  const alarms = checkAlarms(
    target.registration.alarms,
    await readAlarms(target.registration.alarms),
    'under-way',
    { targets: [target] },
  );
  const rejected = record.approval?.state === 'rejected';
  const verdict = worst([
    rejected ? fail(reason('approval-rejected', 'A person rejected the release')) : pass,
    alarms,
  ]);
  return verdict.verdict === 'fail' ? verdict : pass;
});

import { checkAlarms } from '../../core/alarms/alarms.ts';
import { isExcused } from '../../core/alarms/known-red.ts';
import { checkApproval } from '../../core/checks/approval.ts';
import { pass, worst } from '../../core/release/verdict.ts';
import { readAlarms } from '../reading/alarms.ts';
import { hook } from './hook.ts';

/**
 * ECS BeforeAllowTraffic: no alarm of the pair is red, and what people approved is what would go. It is never held:
 * whether it runs before or after the wait at READY is documented nowhere.
 */
export const handler = hook('BeforeAllowTraffic', async ({ record, target }) => {
  const about = { targets: Object.values(record.targets) };
  const read = await readAlarms(record.alarms);
  const excused = read.filter((alarm) => isExcused(record, alarm)).map(({ name }) => name);
  const counts = (name: string) => !excused.includes(name);
  const alarms = checkAlarms(
    record.alarms.filter(counts),
    read.filter(({ name }) => counts(name)),
    'under-way',
    about,
  );
  const verdict = worst([checkApproval(record, target), alarms]);
  // Green has no users yet, so its alarms have no data.
  return verdict.verdict === 'fail' ? verdict : pass;
});

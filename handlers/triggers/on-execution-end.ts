import { ExecutionChange } from '../../core/events/execution-change.ts';
import { pairOf } from '../executions.ts';
import { recover, unfinished } from '../janitor.ts';
import { trigger } from './trigger.ts';

/** An execution ended: a release that it leaves open is recovered now instead of at the next schedule. */
export const handler = trigger(ExecutionChange, async ({ time, detail }) => {
  const pair = await pairOf(detail.name);
  const left = (pair ? await unfinished(pair) : []).filter(
    ({ release, owner }) => release === detail.name || owner === detail.executionArn,
  );
  let recovered = 0;
  for (const record of left) if (await recover(record, time)) recovered += 1;
  return { recovered };
});

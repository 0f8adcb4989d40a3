import { ExecutionChange, isUnexpected } from '../../core/events/execution-change.ts';
import { countUnexpectedFailure } from '../function/metrics.ts';
import { recover } from '../releases/janitor.ts';
import { openReleases } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** An execution ended, a release or its recovery: what it leaves open is recovered now instead of at the next schedule. */
export const handler = trigger(ExecutionChange, async ({ time, detail }) => {
  if (isUnexpected({ detail })) countUnexpectedFailure();
  const { releases } = await openReleases();
  const left = releases.filter(
    ({ release, owner }) => release === detail.name || owner === detail.executionArn,
  );
  let recovered = 0;
  for (const record of left) if (await recover(record, time)) recovered += 1;
  return { recovered };
});

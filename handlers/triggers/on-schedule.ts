import * as z from 'zod/mini';
import { isOverdue } from '../../core/protocol/overdue.ts';
import { Moment } from '../../core/text/schema.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { countUnreadable, gaugeOverdue } from '../function/metrics.ts';
import { eachOnItsOwn } from '../function/settle-each.ts';
import { missedPush } from '../pushes/missed-push.ts';
import { endOverdue, recover } from '../releases/janitor.ts';
import { openReleases } from '../table/releases.ts';
import { allRegistrations } from '../validation/registrations.ts';
import { trigger } from './trigger.ts';

/**
 * Every five minutes: releases whose execution is gone, or hangs, are recovered, whatever has become of their pair's
 * registration, and pushes whose event was lost are found. What cannot be done fails it, so that people are told; a
 * release whose record cannot be read is told by an alarm of its own.
 */
export const handler = trigger(z.object({ time: Moment }), async ({ time }) => {
  const { releases, unreadable } = await openReleases();
  gaugeOverdue(releases.filter((one) => isOverdue(one, toMilliseconds(time))).length);
  const left = await eachOnItsOwn(releases, async (one) => {
    await endOverdue(one, time);
    return recover(one, time);
  });
  const registrations = await allRegistrations();
  countUnreadable(unreadable.length);
  const failures = [
    ...left,
    ...(await eachOnItsOwn(registrations, (one) => missedPush(one, time))),
  ];
  if (failures.length > 0) throw new AggregateError(failures, 'the schedule is not complete');
  return { open: releases.length, pairs: registrations.length };
});

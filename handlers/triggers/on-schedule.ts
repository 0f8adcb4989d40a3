import * as z from 'zod/mini';
import { eachOnItsOwn } from '../each-on-its-own.ts';
import { recover } from '../janitor.ts';
import { missedPush } from '../missed-push.ts';
import { allRegistrations } from '../registrations.ts';
import { openReleases } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/**
 * Every five minutes: releases whose execution is gone are recovered, whatever has become of their pair's
 * registration, and pushes whose event was lost are found.
 */
export const handler = trigger(z.object({ time: z.string() }), async ({ time }) => {
  const open = await openReleases();
  const left = await eachOnItsOwn(open, (one) => recover(one, time));
  const registrations = await allRegistrations();
  const failures = [
    ...left,
    ...(await eachOnItsOwn(registrations, (one) => missedPush(one, time))),
  ];
  if (failures.length > 0) throw new AggregateError(failures, 'the schedule is not complete');
  return { open: open.length, pairs: registrations.length };
});

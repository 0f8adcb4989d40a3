import * as z from 'zod/mini';
import type { Registration } from '../../core/registration.ts';
import { eachOnItsOwn } from '../each-on-its-own.ts';
import { recover, unfinished } from '../janitor.ts';
import { missedPush } from '../missed-push.ts';
import { allRegistrations } from '../registrations.ts';
import { trigger } from './trigger.ts';

const recoverAll = async ({ pair }: Registration, now: string) => {
  const failures = await eachOnItsOwn(await unfinished(pair), (one) => recover(one, now));
  if (failures.length > 0) throw new AggregateError(failures, `releases of ${pair} not recovered`);
};

/** Every five minutes: releases whose execution is gone are recovered, and pushes whose event was lost are found. */
export const handler = trigger(z.object({ time: z.string() }), async ({ time }) => {
  const registrations = await allRegistrations();
  const failures = [
    ...(await eachOnItsOwn(registrations, (one) => recoverAll(one, time))),
    ...(await eachOnItsOwn(registrations, (one) => missedPush(one, time))),
  ];
  if (failures.length > 0) throw new AggregateError(failures, 'the schedule is not complete');
  return { pairs: registrations.length };
});

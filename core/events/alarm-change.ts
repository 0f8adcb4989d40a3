import * as z from 'zod/mini';
import type { Phase } from '../phase.ts';
import { Moment, Text } from '../schema.ts';

/** CloudWatch's event of a changed alarm. */
export const AlarmChange = z.object({
  time: Moment,
  detail: z.object({ alarmName: Text, state: z.object({ value: z.string() }) }),
});

/** Phases in which users meet green: an alarm that turns OK may end a wait for data. */
const USERS_MEET_GREEN: readonly Phase[] = ['Shifting', 'Holding', 'Guarding'];

/**
 * Whether a release polls at once because of an alarm's new state. Each time costs it 23 events of its execution's
 * 25,000, and alarms near their smallest volume flap for days. A state that wakes nobody is not lost: the release reads
 * its alarms at every poll.
 */
export const wakes = (state: string, phase: Phase): boolean =>
  state === 'ALARM' || (state === 'OK' && USERS_MEET_GREEN.includes(phase));

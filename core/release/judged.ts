/** How far a release was judged by its users: for every end that people read, since too little evidence is no pass. */
import * as z from 'zod/mini';
import { Text } from '../text/schema.ts';

/** How far one target was judged; the value says why not. */
export const JUDGED_STATES = {
  judged: 'green had enough requests beside blue',
  'too-few-requests': 'green had too few requests beside blue',
  'not-compared': 'green had no requests beside blue',
  unread: 'its metrics could not be read',
  off: '`judgement.mode` is `off`',
  'going-back': 'a rollback is not compared',
} as const;

export const JudgedState = z.enum(Object.keys(JUDGED_STATES) as [keyof typeof JUDGED_STATES]);
export type JudgedState = keyof typeof JUDGED_STATES;

/** How many of the alarms that watch green had enough data: all, some or none of them, or no alarm watched it. */
export const AlarmData = z.enum(['all', 'some', 'none', 'unwatched']);
export type AlarmData = z.infer<typeof AlarmData>;

/** What a verdict of the judge rests on. */
export const RestsOn = z.strictObject({
  /** Name of the basis. */
  basis: Text,
  /** Place of the last fact of the release that the judge knew. */
  fact: z.int(),
});

import * as z from 'zod/mini';
import { Text } from '../schema.ts';

/** CloudWatch's event of a changed alarm. */
export const AlarmChange = z.object({
  time: Text,
  detail: z.object({ alarmName: Text, state: z.object({ value: z.string() }) }),
});

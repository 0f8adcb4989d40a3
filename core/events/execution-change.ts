import * as z from 'zod/mini';
import { Text } from '../schema.ts';

/** Step Functions' event of a changed execution. */
export const ExecutionChange = z.object({
  time: Text,
  detail: z.object({ executionArn: Text, name: Text, status: z.string() }),
});

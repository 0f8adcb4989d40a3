import * as z from 'zod/mini';
import { ENDS } from '../end.ts';
import { Text } from '../schema.ts';

/** Step Functions' event of a changed execution. */
export const ExecutionChange = z.object({
  time: Text,
  detail: z.object({
    executionArn: Text,
    name: Text,
    status: z.string(),
    /** Name of the error of one that failed. */
    error: z.optional(z.nullable(z.string())),
  }),
});
export type ExecutionChange = z.infer<typeof ExecutionChange>;

/** Whether an execution failed otherwise than releases do, whose failing ends are error names. A person who stops one knows. */
export const isUnexpected = ({
  detail: { status, error },
}: Pick<ExecutionChange, 'detail'>): boolean =>
  status === 'TIMED_OUT' || (status === 'FAILED' && !(error && Object.hasOwn(ENDS, error)));

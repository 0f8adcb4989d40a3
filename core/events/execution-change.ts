import * as z from 'zod/mini';
import { ENDS } from '../release/end.ts';
import type { ErrorName } from '../text/errors.ts';
import { Moment, Text } from '../text/schema.ts';

/** Step Functions' event of a changed execution. */
export const ExecutionChange = z.object({
  time: Moment,
  detail: z.object({
    executionArn: Text,
    name: Text,
    status: z.string(),
    /** Name of the error of one that failed. */
    error: z.optional(z.nullable(z.string())),
  }),
});
export type ExecutionChange = z.infer<typeof ExecutionChange>;

/** Errors that executions fail with as they should: the failing ends of releases, and that another execution has taken over. */
const isKnown = (error: string): boolean =>
  Object.hasOwn(ENDS, error) || error === ('NotOwnerError' satisfies ErrorName);

/** Whether an execution failed otherwise than it should. A person who stops one knows. */
export const isUnexpected = ({
  detail: { status, error },
}: Pick<ExecutionChange, 'detail'>): boolean =>
  status === 'TIMED_OUT' || (status === 'FAILED' && !(error && isKnown(error)));

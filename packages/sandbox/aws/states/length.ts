/** Knows how long the texts of a failure may be. */
import { AwsError } from '../../aws-error.ts';

/** Characters at most (Step Functions API). */
const LONGEST = { error: 256, cause: 32_768 } as const;

/** Refuses an error or a cause that is too long. */
export const checkLengths = (given: { readonly error?: string; readonly cause?: string }): void => {
  for (const member of ['error', 'cause'] as const) {
    if ((given[member]?.length ?? 0) <= LONGEST[member]) continue;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST[member]}`,
    );
  }
};

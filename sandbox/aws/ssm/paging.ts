/** Cuts a list into the pages that AWS's `NextToken` leads through. */
import { AwsError } from '../../aws-error.ts';

/** One page of `items`, and the token of the next one if there is one. Throws InvalidNextToken. */
export const page = <T>(
  items: readonly T[],
  { MaxResults, NextToken }: { MaxResults?: number; NextToken?: string },
  longest: number,
): { items: readonly T[]; NextToken?: string } => {
  const size = MaxResults ?? longest;
  if (!(size >= 1 && size <= longest)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${longest}`,
    );
  }
  const start =
    NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
  if (NextToken !== undefined && !(Number.isInteger(start) && start > 0))
    throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  const end = start + size;
  const token = Buffer.from(String(end)).toString('base64url');
  return { items: items.slice(start, end), ...(end < items.length ? { NextToken: token } : {}) };
};

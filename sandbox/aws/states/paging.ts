/** Knows the pages of Step Functions' lists: an opaque token that says how far the last one went. */
import { AwsError } from '../../aws-error.ts';

/** Entries of a page, by default and at most. */
const USUAL = 100;
const MOST = 1_000;

const tokenOf = (offset: number): string => Buffer.from(`from:${offset}`).toString('base64');

const offsetOf = (token: string | undefined): number => {
  if (token === undefined) return 0;
  const offset = /^from:(\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (offset !== undefined) return Number(offset);
  throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
};

/** One page of `items`, and the token of the next one if there is one. */
export const page = <T>(
  items: readonly T[],
  { maxResults, nextToken }: { maxResults?: number; nextToken?: string },
): { readonly items: readonly T[]; readonly nextToken?: string } => {
  const start = offsetOf(nextToken);
  const end = start + Math.min(maxResults || USUAL, MOST);
  return {
    items: items.slice(start, end),
    ...(end < items.length && { nextToken: tokenOf(end) }),
  };
};

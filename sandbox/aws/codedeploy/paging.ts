/** Pages of a list: AWS's opaque `nextToken` is an offset here. */
import { AwsError } from '../../aws-error.ts';

/** What CodeDeploy returns at most in one answer of a List operation. */
const PAGE = 100;

/** One page of `items`, and the token of the next one if there is one. */
export const page = <T>(
  items: readonly T[],
  token: string | undefined,
): { readonly items: readonly T[]; readonly nextToken?: string } => {
  const start = token === undefined ? 0 : offsetOf(token);
  if (start === undefined || start > items.length) {
    throw new AwsError('InvalidNextTokenException', 'The next token is invalid');
  }
  const end = start + PAGE;
  return {
    items: items.slice(start, end),
    ...(end < items.length && { nextToken: tokenOf(end) }),
  };
};

const tokenOf = (offset: number) => Buffer.from(`after:${offset}`).toString('base64');

const offsetOf = (token: string): number | undefined => {
  const offset = /^after:(\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  return offset === undefined ? undefined : Number(offset);
};

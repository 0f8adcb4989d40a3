/** How ECR's lists page. */
import { AwsError } from '../../aws-error.ts';
import type { Paging } from '../../paging.ts';

const invalid = 'InvalidParameterException';

export const paging: Paging = {
  size: 'maxResults',
  token: 'nextToken',
  usual: 100,
  most: 1_000,
  errors: { size: invalid, token: invalid },
};

/** Refuses pages of a list whose entries are named: AWS takes one or the other. */
export const refusePages = (
  input: { readonly maxResults?: unknown; readonly nextToken?: unknown },
  named: string,
): void => {
  if (input.maxResults === undefined && input.nextToken === undefined) return;
  throw new AwsError(invalid, `maxResults and nextToken cannot be used with ${named}`);
};

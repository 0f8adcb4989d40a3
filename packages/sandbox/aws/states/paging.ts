/** How Step Functions' lists page; a maxResults of 0 is the usual size. */
import type { Paging } from '../../paging.ts';

export const paging: Paging = {
  size: 'maxResults',
  token: 'nextToken',
  usual: 100,
  least: 0,
  most: 1_000,
  errors: { token: 'InvalidToken' },
};

/** How EventBridge's List operations page. */
import type { Paging } from '../../paging.ts';

export const paging: Paging = {
  size: 'Limit',
  token: 'NextToken',
  usual: 100,
  errors: { token: 'ValidationException' },
};

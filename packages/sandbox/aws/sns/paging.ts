/** How SNS's List operations page. */
import type { Paging } from '../../paging.ts';

export const paging: Paging = {
  token: 'NextToken',
  usual: 100,
  errors: { token: 'InvalidParameterException' },
};

/** How CodeDeploy's List operations page. */
import type { Paging } from '../../paging.ts';

export const paging: Paging = {
  token: 'nextToken',
  usual: 100,
  errors: { token: 'InvalidNextTokenException' },
};

/** How the Parameter Store's lists page. */
import type { Paging } from '../../paging.ts';

const paging = (usual: number): Paging => ({
  size: 'MaxResults',
  token: 'NextToken',
  usual,
  errors: { token: 'InvalidNextToken' },
});

export const pathPaging = paging(10);
export const describePaging = paging(50);

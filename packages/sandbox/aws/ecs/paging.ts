/** How ECS's List operations page. */
import type { Paging } from '../../paging.ts';

const invalid = 'InvalidParameterException';

export const paging: Paging = {
  size: 'maxResults',
  token: 'nextToken',
  usual: 100,
  errors: { size: invalid, token: invalid },
};

/** Services come in pages of ten if nobody says otherwise. */
export const servicePaging: Paging = { ...paging, usual: 10, most: 100 };

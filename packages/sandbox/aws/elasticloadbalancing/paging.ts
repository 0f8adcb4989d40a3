/** How the Describe operations of Elastic Load Balancing page. */
import type { Paging } from '../../paging.ts';

export const paging: Paging = {
  size: 'PageSize',
  token: 'Marker',
  next: 'NextMarker',
  usual: 400,
  errors: { size: 'ValidationError', token: 'ValidationError' },
};

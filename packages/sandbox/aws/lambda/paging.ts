/** How Lambda's list operations page: up to 10,000 entries may be asked for, 50 are given. */
import type { Paging } from '../../paging.ts';

export const paging: Paging = {
  size: 'MaxItems',
  token: 'Marker',
  next: 'NextMarker',
  usual: 50,
  most: 10_000,
  longest: 50,
  errors: { token: 'InvalidParameterValueException' },
};

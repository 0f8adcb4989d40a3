/** Knows random identifiers of the form that AWS uses for revisions, executions and requests. */
import type { Cloud } from '../../cloud.ts';

/** A UUID from the sandbox's seed. */
export const uuid = ({ id }: Pick<Cloud, 'id'>): string =>
  [8, 4, 4, 4, 12].map((length) => id(length, '0123456789abcdef')).join('-');

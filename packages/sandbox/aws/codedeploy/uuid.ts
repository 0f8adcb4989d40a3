/** Identifiers of applications, groups and configurations. */
import type { Cloud } from '../../cloud.ts';

/** A UUID from the sandbox's seed. */
export const uuid = (cloud: Cloud): string =>
  [8, 4, 4, 4, 12].map((length) => cloud.id(length, '0123456789abcdef')).join('-');

/** Ids of events and messages, from the sandbox's seed. */
import type { Cloud } from '../cloud.ts';

/** A random UUID (RFC 9562, version 4). */
export const uuid = ({ id }: Pick<Cloud, 'id'>): string =>
  id(32, '0123456789abcdef').replace(
    /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/,
    (_, a, b, c, d, e) => `${a}-${b}-4${c}-a${d}-${e}`,
  );

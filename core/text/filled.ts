import * as z from 'zod/mini';
import { isSeen } from './one-line.ts';
import { Text } from './schema.ts';

/** Text of a person that others read: they must see something of it. `longest` counts characters. */
export const filled = (longest: number) =>
  Text.check(z.maxLength(longest), z.refine(isSeen, 'is blank'));

/** Name of a person, as that person gives it. */
export const Person = filled(256);

import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

// Without its locale zod/mini says "Invalid input" for everything, even an unknown key.
z.config(en());

/** Text of at least one character. */
export const Text = z.string().check(z.minLength(1));

/** Name of a pair or a target: it becomes part of keys, resource names and execution names. */
export const Name = z
  .string()
  .check(
    z.regex(
      /^[a-z][a-z0-9-]{0,30}$/,
      'must start with a letter and hold at most 31 lower-case letters, digits and hyphens',
    ),
  );

/** A moment as ISO 8601 in UTC, e.g. `2026-11-23T09:00:00Z`. */
export const Moment = z.iso.datetime();

/** The furthest moment that a date can name, in milliseconds since 1970 (ECMA-262, "Time Values"). */
const LAST = 8.64e15;

/** A moment in milliseconds since 1970. */
export const Epoch = z.int().check(z.minimum(0), z.maximum(LAST));

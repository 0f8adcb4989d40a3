import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Name } from '../text/schema.ts';

/** PrepareTarget: records what one target came from and makes the revision that it goes to. */
export const PrepareTarget = {
  input: z.strictObject({ ...ABOUT, target: Name }),
  output: z.strictObject({ target: Name, unchanged: z.boolean() }),
};

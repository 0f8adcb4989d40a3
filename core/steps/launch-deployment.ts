import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Name } from '../text/schema.ts';

/** LaunchDeployment: creates the deployment of one target once, however often it is called. */
export const LaunchDeployment = {
  input: z.strictObject({ ...ABOUT, target: Name }),
  output: z.strictObject({ target: Name, launched: z.boolean() }),
};

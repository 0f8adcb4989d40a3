import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';

/** LaunchDeployment: creates the deployment of one target once, however often it is called. */
export const LaunchDeployment = {
  input: z.strictObject({ pair: Name, release: Text, target: Name, now: Moment }),
  output: z.strictObject({ target: Name, launched: z.boolean() }),
};

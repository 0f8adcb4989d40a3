import * as z from 'zod/mini';
import { Text } from '../text/schema.ts';

/**
 * How the tasks of a service are launched. A deployment takes it from its own request only: what that leaves
 * out is lost with the next one, so each repeats what ran before the release.
 */
export const LaunchSettings = z.strictObject({
  capacityProviderStrategy: z.optional(
    z.array(
      z.strictObject({
        capacityProvider: Text,
        base: z.optional(z.int()),
        weight: z.optional(z.int()),
      }),
    ),
  ),
  /** Left out: LATEST. */
  platformVersion: z.optional(Text),
  networkConfiguration: z.optional(
    z.strictObject({
      subnets: z.array(Text),
      securityGroups: z.array(Text),
      assignPublicIp: z.optional(Text),
    }),
  ),
});
export type LaunchSettings = z.infer<typeof LaunchSettings>;

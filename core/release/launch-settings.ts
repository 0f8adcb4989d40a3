import * as z from 'zod/mini';
import { Text } from '../text/schema.ts';

/**
 * How the tasks of a service are launched. CodeDeploy takes it from the AppSpec only: what that leaves out is lost
 * with the next deployment, so each AppSpec repeats what ran before the release.
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

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The same members as an AppSpec names them: `capacityProvider` becomes `CapacityProvider`. */
const inAppSpecCase = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inAppSpecCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [capitalized(name), inAppSpecCase(member)]),
  );
};

/** The properties of a service in an AppSpec that launch its tasks so. */
export const launchProperties = ({ networkConfiguration, ...rest }: LaunchSettings) =>
  inAppSpecCase({
    ...rest,
    ...(networkConfiguration && {
      networkConfiguration: { awsvpcConfiguration: networkConfiguration },
    }),
  }) as Readonly<Record<string, unknown>>;

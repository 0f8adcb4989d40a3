import type { Service, TaskSet } from '@aws-sdk/client-ecs';
import type { LaunchSettings } from '../../../core/release/launch-settings.ts';

/** What a service shows that was not pinned to a platform version. */
const NOT_PINNED = 'LATEST';

/**
 * How the tasks of the PRIMARY task set were launched. The platform version is read from the service, since a task set
 * shows a number whether one was asked for or not.
 */
export const launchSettingsOf = (
  service: Service | undefined,
  primary: TaskSet | undefined,
): LaunchSettings => {
  const strategy =
    primary?.capacityProviderStrategy ??
    (primary?.launchType ? undefined : service?.capacityProviderStrategy) ??
    [];
  const platformVersion = service?.platformVersion ?? NOT_PINNED;
  const { subnets, securityGroups, assignPublicIp } =
    (primary?.networkConfiguration ?? service?.networkConfiguration)?.awsvpcConfiguration ?? {};
  return {
    ...(strategy.length > 0 && {
      capacityProviderStrategy: strategy.map(({ capacityProvider = '', base, weight }) => ({
        capacityProvider,
        ...(base !== undefined && { base }),
        ...(weight !== undefined && { weight }),
      })),
    }),
    ...(platformVersion !== NOT_PINNED && { platformVersion }),
    ...(subnets && {
      networkConfiguration: {
        subnets,
        securityGroups: securityGroups ?? [],
        ...(assignPublicIp && { assignPublicIp }),
      },
    }),
  };
};

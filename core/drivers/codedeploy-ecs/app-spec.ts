import type { LaunchSettings } from '../../release/launch-settings.ts';
import { appSpec, type Direction } from '../codedeploy/app-spec.ts';
import type { HookName } from '../codedeploy/hooks.ts';
import type { EcsTarget } from './registration.ts';

const HOOKS: readonly HookName[] = [
  'ecs-before-install',
  'ecs-after-install',
  'ecs-after-allow-test-traffic',
  'ecs-before-allow-traffic',
  'after-allow-traffic',
];

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

/** The properties of a service that launch its tasks so. */
const launchProperties = ({ networkConfiguration, ...rest }: LaunchSettings) =>
  inAppSpecCase({
    ...rest,
    ...(networkConfiguration && {
      networkConfiguration: { awsvpcConfiguration: networkConfiguration },
    }),
  }) as Readonly<Record<string, unknown>>;

/** AppSpec of an ECS service, launched as it was before. */
export const ecsAppSpec = (
  target: EcsTarget,
  taskDefinition: string,
  direction: Direction,
  launch: LaunchSettings = {},
): string =>
  appSpec(
    {
      TargetService: {
        Type: 'AWS::ECS::Service',
        Properties: {
          TaskDefinition: taskDefinition,
          LoadBalancerInfo: { ContainerName: target.container, ContainerPort: target.port },
          ...launchProperties(launch),
        },
      },
    },
    HOOKS,
    direction,
  );

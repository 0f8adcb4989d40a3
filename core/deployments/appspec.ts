import { HOOKS, type HookName, hookFunction } from '../names.ts';
import { type LaunchSettings, launchProperties } from '../release/launch-settings.ts';
import type { EcsTarget, LambdaTarget } from '../release/target.ts';

const hooksOf = (hooks: readonly HookName[]) =>
  hooks.map((hook) => ({ [HOOKS[hook]]: hookFunction(hook) }));

const ECS_HOOKS: readonly HookName[] = [
  'ecs-before-install',
  'ecs-after-install',
  'ecs-after-allow-test-traffic',
  'ecs-before-allow-traffic',
  'after-allow-traffic',
];

const LAMBDA_HOOKS: readonly HookName[] = ['lambda-before-allow-traffic', 'after-allow-traffic'];

/** Version of the AppSpec format: a text, since the number 0.0 becomes 0 in JSON. */
const VERSION = '0.0';

/** AppSpec of an ECS service, launched as it was before. A way back has no hooks: nothing may hold it. */
export const ecsAppSpec = (
  target: EcsTarget,
  taskDefinition: string,
  direction: 'forward' | 'rollback',
  launch: LaunchSettings = {},
): string =>
  JSON.stringify({
    version: VERSION,
    Resources: [
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
    ],
    ...(direction === 'forward' ? { Hooks: hooksOf(ECS_HOOKS) } : {}),
  });

/** AppSpec of a Lambda alias; both versions are published ones. */
export const lambdaAppSpec = (
  target: LambdaTarget,
  versions: { readonly current: string; readonly wanted: string },
  direction: 'forward' | 'rollback',
): string =>
  JSON.stringify({
    version: VERSION,
    Resources: [
      {
        [target.name]: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Name: target.function,
            Alias: target.alias,
            CurrentVersion: versions.current,
            TargetVersion: versions.wanted,
          },
        },
      },
    ],
    ...(direction === 'forward' ? { Hooks: hooksOf(LAMBDA_HOOKS) } : {}),
  });

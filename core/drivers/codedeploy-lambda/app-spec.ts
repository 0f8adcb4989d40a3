import { appSpec, type Direction } from '../codedeploy/app-spec.ts';
import type { HookName } from '../codedeploy/hooks.ts';
import type { LambdaTarget } from './registration.ts';

const HOOKS: readonly HookName[] = ['lambda-before-allow-traffic', 'after-allow-traffic'];

/** AppSpec of a Lambda alias; both versions are published ones. */
export const lambdaAppSpec = (
  target: LambdaTarget,
  versions: { readonly current: string; readonly wanted: string },
  direction: Direction,
): string =>
  appSpec(
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
    HOOKS,
    direction,
  );

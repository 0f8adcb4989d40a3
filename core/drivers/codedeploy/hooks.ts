/** The functions that CodeDeploy calls at the lifecycle events of a deployment. */

/** Hook functions by file name; the value is the lifecycle event that it answers. */
export const HOOKS = {
  'ecs-before-install': 'BeforeInstall',
  'ecs-after-install': 'AfterInstall',
  'ecs-after-allow-test-traffic': 'AfterAllowTestTraffic',
  'ecs-before-allow-traffic': 'BeforeAllowTraffic',
  'lambda-before-allow-traffic': 'BeforeAllowTraffic',
  'after-allow-traffic': 'AfterAllowTraffic',
} as const;
export type HookName = keyof typeof HOOKS;

/** Name of a hook's function: AWS's own policies let CodeDeploy invoke only `CodeDeployHook_*`. */
export const hookFunction = (hook: HookName): string => `CodeDeployHook_tandem_${hook}`;

/** Tag of a deployment group whose pair lets others deploy; its value is then `allow`. */
export const FOREIGN_DEPLOYMENTS_TAG = 'tandem:foreign-deployments';

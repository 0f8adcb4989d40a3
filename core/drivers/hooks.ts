/** The hook functions of every driver. */
export { HOOKS, type HookName, hookFunction } from './codedeploy/hooks.ts';

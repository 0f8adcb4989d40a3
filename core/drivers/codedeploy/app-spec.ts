import { HOOKS, type HookName, hookFunction } from './hooks.ts';

/** Version of the AppSpec format: a text, since the number 0.0 becomes 0 in JSON. */
const VERSION = '0.0';

/** Where a deployment takes a target. */
export type Direction = 'forward' | 'rollback';

/** AppSpec of a deployment of one resource. A rollback has no hooks: nothing may hold it. */
export const appSpec = (
  resource: Readonly<Record<string, unknown>>,
  hooks: readonly HookName[],
  direction: Direction,
): string =>
  JSON.stringify({
    version: VERSION,
    Resources: [resource],
    ...(direction === 'forward'
      ? { Hooks: hooks.map((hook) => ({ [HOOKS[hook]]: hookFunction(hook) })) }
      : {}),
  });

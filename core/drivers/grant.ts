/** Permissions as data: stacks make statements of them. */
import type { StepName, TriggerName } from '../names.ts';
import type { HookName } from './hooks.ts';

/** What some actions are allowed on: a resource of the stack's own account and Region, or whatever there is. */
type Resource = { readonly service: string; readonly name: string } | '*';

/** Actions that are allowed on resources. */
export interface Grant {
  readonly actions: readonly string[];
  readonly on: readonly Resource[];
}

/** What a driver's part of each function may do; a function that is not named needs nothing of its own. */
export type Grants = Readonly<Partial<Record<StepName | TriggerName | HookName, readonly Grant[]>>>;

/** Allows actions on one resource by its service and its name, or on any. */
export const allow = (actions: readonly string[], ...on: readonly Resource[]): Grant => ({
  actions,
  on,
});

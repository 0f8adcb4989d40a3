/** Knows when a definition can be taken: its language is right and its Resources are part of the sandbox. */
import type { Cloud } from '../../cloud.ts';
import type { State, States } from '../../machine/definition/definition.ts';
import type { Diagnostic } from '../../machine/definition/diagnostics.ts';
import { parseMachine } from '../../machine/definition/parse.ts';
import { expressions } from '../../machine/expression.ts';
import { resourceOf } from './integrations/integrations.ts';
import type { ReadDefinition } from './machine-operations.ts';
import type { SdkIntegration } from './sdk-integration.ts';

const partsOf = (state: State): readonly States[] => {
  if (state.type === 'Parallel') return state.branches;
  return state.type === 'Map' ? [state.itemProcessor] : [];
};

const tasksOf = ({ states }: States): { readonly name: string; readonly resource: string }[] =>
  [...states.values()].flatMap((state) =>
    state.type === 'Task' ? [state] : partsOf(state).flatMap(tasksOf),
  );

/** Why a Resource cannot be had, if it cannot. */
const refusal = async (
  resource: string,
  sdkIntegration: SdkIntegration,
): Promise<string | undefined> => {
  const known = resourceOf(resource);
  if (!known) return `The resource provided ${resource} is not part of this sandbox`;
  if (!known.sdk) return undefined;
  return sdkIntegration(known.sdk.service, known.sdk.action).then(
    () => undefined,
    (error: Error) => error.message,
  );
};

/** Makes the reader of definitions. */
export const definitionReader = (cloud: Cloud, sdkIntegration: SdkIntegration): ReadDefinition => {
  const compile = expressions({ now: cloud.clock.now, random: cloud.random });
  return async (text) => {
    const parsed = parseMachine(text, compile);
    if (!parsed.machine) return parsed;
    const diagnostics: Diagnostic[] = [];
    for (const { name, resource } of tasksOf(parsed.machine)) {
      const message = await refusal(resource, sdkIntegration);
      if (message === undefined) continue;
      diagnostics.push({
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        message,
        location: `/States/${name}/Resource`,
      });
    }
    return diagnostics.length > 0 ? { diagnostics } : parsed;
  };
};

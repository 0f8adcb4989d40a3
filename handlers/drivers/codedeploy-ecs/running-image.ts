import type { EcsTarget } from '../../../core/drivers/target.ts';
import { runningDefinition } from './running-definition.ts';

/** The image that the users of a service reach, as its task definition names it; empty when it has none. */
export const runningImage = async (target: EcsTarget): Promise<string> => {
  const definition = await runningDefinition(target);
  const main = definition?.containerDefinitions?.find(({ name }) => name === target.container);
  return main?.image ?? '';
};

/** Bundles the handlers and synthesizes the templates once, before any test runs. */
import { synthesize, synthesizeFleet } from '../rehearsal/synthesis.ts';

export const setup = async (): Promise<void> => {
  await synthesize();
  await synthesizeFleet();
};

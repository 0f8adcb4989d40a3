/**
 * Bundles the handlers and synthesizes the templates once, before any test runs. `TEMPLATES=none` is for tests that read
 * neither.
 */
import { synthesize, synthesizeFleet } from '../rehearsal/stage/synthesis.ts';

export const setup = async (): Promise<void> => {
  if (process.env.TEMPLATES === 'none') return;
  await synthesize();
  await synthesizeFleet();
};

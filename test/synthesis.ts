/**
 * Bundles the handlers and synthesizes the templates once, before any test runs. `TEMPLATES=kept` takes the templates of
 * the run before as they are.
 */
import { synthesize, synthesizeFleet } from '../rehearsal/synthesis.ts';
import { build } from '../scripts/build.ts';

export const setup = async (): Promise<void> => {
  if (process.env.TEMPLATES === 'kept') {
    await build();
    return;
  }
  await synthesize();
  await synthesizeFleet();
};

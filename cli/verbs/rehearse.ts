/** `tandem rehearse <file>`: one scenario, told to a person. */
import type { RehearseOptions } from '../../rehearsal/scenario/rehearse.ts';
import { readScenario } from '../../rehearsal/scenario/scenario-file.ts';

/** Plays a scenario file; the exit code is 1 when it does not end as the file expects. */
export const rehearse = async (file: string, options: RehearseOptions): Promise<void> => {
  const scenario = await readScenario(file);
  // The sandbox takes seconds to load: whoever names a wrong file need not wait for it.
  const [{ forgetAws }, { rehearseFresh }, { terminalOn }] = await Promise.all([
    import('../../rehearsal/stage/environment.ts'),
    import('../../rehearsal/scenario/rehearse.ts'),
    import('../../rehearsal/terminal/terminal.ts'),
  ]);
  forgetAws();
  const good = await rehearseFresh(scenario, terminalOn(process.stdout), options);
  process.exitCode = good ? 0 : 1;
};

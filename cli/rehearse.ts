/** `tandem rehearse <file>`: one scenario, told to a person. */
import { forgetAws } from '../rehearsal/environment.ts';
import { type RehearseOptions, rehearseFile } from '../rehearsal/rehearse.ts';
import { terminalOn } from '../rehearsal/terminal.ts';

/** Plays a scenario file; the exit code is 1 when it does not end as the file expects. */
export const rehearse = async (file: string, options: RehearseOptions): Promise<void> => {
  forgetAws();
  const good = await rehearseFile(file, terminalOn(process.stdout), options);
  process.exitCode = good ? 0 : 1;
};

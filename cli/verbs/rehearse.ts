/** `tandem rehearse <file>`: one scenario, told to a person. */
import { Command, Option } from 'commander';
import type { RehearseOptions } from '../../rehearsal/scenario/rehearse.ts';
import { terminalOn } from '../../rehearsal/terminal/terminal.ts';
import { speedOf } from '../options.ts';

/** Plays a scenario file; the exit code is 1 when it does not end as the file expects. */
const rehearse = async (
  file: string,
  options: RehearseOptions,
  command: Command,
): Promise<void> => {
  if (options.speed !== undefined && !options.real)
    command.error('error: --speed needs --real: a simulation takes no time');
  const { readScenario } = await import('../../rehearsal/scenario/scenario-file.ts');
  const scenario = await readScenario(file);
  // The sandbox takes seconds to load: whoever names a wrong file need not wait for it.
  const { forgetAws } = await import('../../rehearsal/stage/environment.ts');
  const { rehearseFresh } = await import('../../rehearsal/scenario/rehearse.ts');
  forgetAws();
  const good = await rehearseFresh(scenario, terminalOn(process.stdout), options);
  process.exitCode = good ? 0 : 1;
};

/** `tandem rehearse <file>`. */
export const rehearseVerb = () =>
  new Command('rehearse')
    .description(
      'plays a scenario, for example one of samples/scenarios, and reports whether it ends as the file expects',
    )
    .argument('<file>', 'scenario that follows docs/scenario.schema.json')
    .option('--real', 'with real processes and real HTTP instead of a simulation')
    .option('--speed <factor>', 'with --real: service seconds in a real second', speedOf)
    .addOption(
      new Option('--all', 'under every reading of what AWS does not document').conflicts('real'),
    )
    .action(rehearse);

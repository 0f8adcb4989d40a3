/** `tandem sandbox`: a local AWS with the sample pair deployed, until Ctrl-C. */
import { Command } from 'commander';
import type { SandboxOptions } from '../../rehearsal/session/run.ts';
import { DEFAULT_PORT, portOf, speedOf, trafficOf } from '../options.ts';
import { pushVerb } from './push.ts';

/** Runs a sandbox. */
const sandbox = async (options: SandboxOptions): Promise<void> =>
  (await import('../../rehearsal/session/run.ts')).runSandbox(options);

/** `tandem sandbox`, and the verb `push` in it. */
export const sandboxVerb = () =>
  new Command('sandbox')
    .description('a local AWS with the sample pair deployed, for AWS clients; runs until Ctrl-C')
    .option('--port <number>', 'port for AWS clients on 127.0.0.1', portOf, DEFAULT_PORT)
    .option('--speed <factor>', 'service seconds in a real second', speedOf, 1)
    .option(
      '--traffic <requests>',
      'requests of users in a real second; 0 for none (default: what alarms need, at most 40)',
      trafficOf,
    )
    .option('--approval', 'every release of the pair needs an approval')
    .option('--environment <name>', 'the policy of environments/<name>.json, e.g. production')
    .option('--verbose', 'lists what the sandbox does not imitate')
    .action(sandbox)
    .addCommand(pushVerb());

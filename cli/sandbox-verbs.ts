/** Verbs that need no account: the sandbox, and scenarios. */
import { Command, Option } from 'commander';
import { DEFAULT_PORT, portOf, speedOf, trafficOf } from './options.ts';

const pushVerb = () =>
  new Command('push')
    .description('pushes a folder with a Dockerfile as an image to a running sandbox')
    .argument('<image>', '<repository>:<tag>, for example storefront-web:2.0.0')
    .argument('<folder>', 'folder that holds the Dockerfile')
    .option(
      '--endpoint <url>',
      `the sandbox (default: AWS_ENDPOINT_URL, else port ${DEFAULT_PORT} of 127.0.0.1)`,
    )
    .action(async (image, folder, options) =>
      (await import('./verbs/push.ts')).pushAndPrint(image, folder, options),
    );

const sandboxVerb = () =>
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
    .action(async (options) => (await import('./verbs/sandbox.ts')).sandbox(options))
    .addCommand(pushVerb());

const rehearseVerb = () =>
  new Command('rehearse')
    .description(
      'plays a scenario, for example one of samples/scenarios, and says whether it ends as the file expects',
    )
    .argument('<file>', 'scenario that follows docs/scenario.schema.json')
    .option('--real', 'with real processes and real HTTP instead of a simulation')
    .option('--speed <factor>', 'with --real: service seconds in a real second', speedOf)
    .addOption(
      new Option('--all', 'under every reading of what AWS does not document').conflicts('real'),
    )
    .action(async (file, options, command: Command) => {
      if (options.speed !== undefined && !options.real)
        command.error('error: --speed needs --real: a simulation takes no time');
      await (await import('./verbs/rehearse.ts')).rehearse(file, options);
    });

/** The verbs, in the order in which help lists them. */
export const sandboxVerbs = (): readonly Command[] => [sandboxVerb(), rehearseVerb()];

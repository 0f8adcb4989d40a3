/** The command `tandem`: its verbs and their options. A verb's own file is loaded when it is used. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { DEFAULT_PORT, portOf, speedOf } from './options.ts';

const { version, description } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

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
      (await import('./push.ts')).pushAndPrint(image, folder, options),
    );

const sandboxVerb = () =>
  new Command('sandbox')
    .description('a local AWS with the sample pair deployed, for AWS clients; runs until Ctrl-C')
    .option('--port <number>', 'port for AWS clients on 127.0.0.1', portOf, DEFAULT_PORT)
    .option('--speed <factor>', 'service seconds in a real second', speedOf, 1)
    .action(async (options) => (await import('./sandbox.ts')).sandbox(options))
    .addCommand(pushVerb());

const rehearseVerb = () =>
  new Command('rehearse')
    .description(
      'plays a scenario, for example one of samples/scenarios, and says whether it ends as the file expects',
    )
    .argument('<file>', 'scenario that follows docs/scenario.schema.json')
    .option('--real', 'with real processes and real HTTP instead of a simulation', false)
    .option('--speed <factor>', 'with --real: service seconds in a real second', speedOf)
    .action(async (file, options) => (await import('./rehearse.ts')).rehearse(file, options));

const program = () =>
  new Command('tandem')
    .description(description)
    .version(version)
    .showHelpAfterError('(--help shows what is possible)')
    .addCommand(sandboxVerb())
    .addCommand(rehearseVerb());

/** Runs the command with its parameters; what goes wrong is one sentence on standard error and exit code 1. */
export const main = async (parameters: readonly string[]): Promise<void> => {
  try {
    await program().parseAsync([...parameters], { from: 'user' });
  } catch (error) {
    process.stderr.write(`tandem: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
};

if (import.meta.main) await main(process.argv.slice(2));

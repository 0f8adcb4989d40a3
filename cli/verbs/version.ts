import { Command } from 'commander';

/** `tandem version`: prints the version of this command. */
export const versionVerb = (version: string) =>
  new Command('version')
    .description('prints the version of this command')
    .action(() => void process.stdout.write(`${version}\n`));

/** The shell scripts of the build projects, as commands of a buildspec. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';

/** File that the build writes and the release takes as its input. */
export const INPUT_FILE = 'release.json';

/** Ends the script in its command; no line of a script is called so. */
const MARK = 'END_OF_SCRIPT';

/** A script beside this file as one command: a process of its own, so it fails as it would on anybody's machine. */
const commandOf = (script: string): string => {
  const text = readFileSync(join(import.meta.dirname, script), 'utf8');
  return `script=$(mktemp) && cat >"$script" <<'${MARK}' && bash "$script"\n${text}${MARK}\n`;
};

/** What the build does: image, function, and the input of their release. */
export const buildCommands = (): BuildSpec =>
  BuildSpec.fromObject({
    version: '0.2',
    env: { shell: 'bash' },
    phases: { build: { commands: [commandOf('build.sh')] } },
    artifacts: { files: [INPUT_FILE] },
  });

/** What shows the end. */
export const endCommands = (): BuildSpec =>
  BuildSpec.fromObject({
    version: '0.2',
    env: { shell: 'bash' },
    phases: { build: { commands: [commandOf('show-end.sh')] } },
  });

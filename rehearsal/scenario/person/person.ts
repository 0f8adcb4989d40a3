/** A person on duty, with the rights that docs/operations.md asks for, and a shell that runs commands as they are written. */
import type { Stage } from '../../stage/stage.ts';
import { shellWords } from './shell-words.ts';

/** Name of the role that the person on duty has. What is done as it is no deed of Tandem's. */
export const DUTY_ROLE = 'on-duty';

/** Actions that the person may do: the commands of NeedsAttention, and those that restore the table. @internal */
export const ACTIONS = {
  commands: [
    'codedeploy:CreateDeployment',
    'codedeploy:UpdateDeploymentGroup',
    'codedeploy:GetDeployment',
    'codedeploy:GetDeploymentConfig',
    'codedeploy:ListDeployments',
    'codedeploy:StopDeployment',
    'codedeploy:ContinueDeployment',
    'codedeploy:GetApplicationRevision',
    'codedeploy:RegisterApplicationRevision',
    'lambda:CreateAlias',
    'lambda:UpdateAlias',
  ],
  table: ['events:DisableRule', 'events:EnableRule', 'dynamodb:Query', 'dynamodb:UpdateItem'],
} as const;

/** Access key of the person, in a session of a role that may do this and nothing else. */
const keyOf = async ({ sandbox: { call, account } }: Stage): Promise<string> => {
  const exists = await call('iam', 'GetRole', { RoleName: DUTY_ROLE }).catch(() => undefined);
  if (!exists) {
    const Principal = { AWS: `arn:aws:iam::${account}:root` };
    await call('iam', 'CreateRole', {
      RoleName: DUTY_ROLE,
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
      }),
    });
    await call('iam', 'PutRolePolicy', {
      RoleName: DUTY_ROLE,
      PolicyName: 'commands',
      PolicyDocument: JSON.stringify({
        Statement: [{ Effect: 'Allow', Action: Object.values(ACTIONS).flat(), Resource: '*' }],
      }),
    });
  }
  const { Credentials } = await call('sts', 'AssumeRole', {
    RoleArn: `arn:aws:iam::${account}:role/${DUTY_ROLE}`,
    RoleSessionName: 'grace',
  });
  return Credentials.AccessKeyId;
};

/** What stands before the command of a line that is more than a command (core/way-back/manual-commands.ts). */
const REPEAT = /^Repeat until it prints (\S+): (?=aws )/;
const CONDITION = /^If [^:]+: (?=aws )/;

/** What a person prints in the place of what the last command has printed. */
const PRINTED = '<id>';

/** Minutes for which a person repeats a command. */
const PATIENCE = 120;

/** How a person follows lines. */
export interface Following {
  /** Whether commands are run that stand behind a condition. */
  readonly conditional: boolean;
}

/** Follows lines as a person with a shell would, one after the other. Throws an Error that names the line that fails. */
export const follow = async (
  stage: Stage,
  lines: readonly string[],
  { conditional }: Following,
): Promise<void> => {
  let id = '';

  const run = async (command: string): Promise<string> => {
    const refersBack = command.includes(PRINTED);
    if (refersBack && !/^\S+$/.test(id))
      throw new Error(`no command has printed one id before: ${command}`);
    const [program, ...words] = shellWords(command.replaceAll(PRINTED, id));
    if (program !== 'aws') throw new Error(`a person cannot run this here: ${command}`);
    const printed = await stage.sandbox
      .aws(words, await keyOf(stage))
      .catch(({ name, message }: Error) => {
        throw new Error(`${name}: ${message}, at: ${command}`);
      });
    if (!refersBack) id = printed;
    return printed;
  };

  for (const line of lines) {
    const repeated = REPEAT.exec(line);
    if (repeated) {
      const wanted = repeated[1] === 'nothing' ? '' : repeated[1];
      const command = line.slice(repeated[0].length);
      // Asked by itself, so that what it prints last is no id for the lines that follow.
      const before = id;
      const ask = async () => ((await run(command)) === wanted ? true : undefined);
      await stage.until(line, ask, PATIENCE);
      id = before;
      continue;
    }
    const condition = CONDITION.exec(line);
    if (!condition) await run(line);
    else if (conditional) await run(line.slice(condition[0].length));
  }
};

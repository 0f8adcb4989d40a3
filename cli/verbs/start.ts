/** `tandem start`: starts a release, by a file that follows docs/release.schema.json or by what the options name. */
import { randomBytes } from 'node:crypto';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type Account, openAccount } from '../../account/account.ts';
import { refusalsOf } from '../../account/refusals.ts';
import { RELEASE_MACHINE } from '../../core/names.ts';
import { isReleaseId, type ReleaseInput } from '../../core/release/input.ts';
import { inWords } from '../../core/release/reason.ts';
import { type InputOptions, readRelease } from '../release-input.ts';
import { watchRelease } from './watch.ts';

/** How a release is started, and shown. */
export interface StartOptions {
  readonly name?: string | undefined;
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** Hex characters behind the pair in the id of a release that got no name. */
const ID_LENGTH = 12;

/** Starts a release and prints its id; with `watch` shows it until its end, which gives the exit code. */
export const startRelease = async (
  account: Account,
  input: ReleaseInput,
  {
    name = `${input.pair}-${randomBytes(ID_LENGTH / 2).toString('hex')}`,
    watch,
    json = false,
  }: StartOptions,
): Promise<void> => {
  if (!isReleaseId(name))
    throw new Error(`"${name}" is no id: letters, digits, _ and -, at most 80`);
  const stateMachineArn = account.arn('states', `stateMachine:${RELEASE_MACHINE}`);
  const { executionArn } = await account
    .client(SFNClient)
    .send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }))
    .catch((error: unknown) => {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
      throw new Error(`There is a release ${name} already: choose another --name`);
    });
  const started = JSON.stringify({ release: name, pair: input.pair, executionArn });
  process.stdout.write(`${json ? started : name}\n`);
  if (watch) process.exitCode = await watchRelease(account, name, { json });
  else process.stderr.write(`Started in ${account.place}. Watch it: npx tandem watch ${name}\n`);
};

/** Starts a release by a file, by options, or by both; refuses what cannot end well before anything is started. */
export const start = async (
  file: string | undefined,
  options: InputOptions & StartOptions,
): Promise<void> => {
  const inputFor = await readRelease(file, options);
  // What is wrong with the input itself is told without an account.
  inputFor('nobody');
  const account = await openAccount();
  const input = inputFor(account.caller);
  const { reasons, unread } = await refusalsOf(account, input);
  for (const sentence of unread) process.stderr.write(`${sentence}\n`);
  if (reasons.length > 0) throw new Error(`Nothing was started. ${inWords(reasons)}`);
  await startRelease(account, input, options);
};

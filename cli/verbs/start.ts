/** `tandem start`: starts a release, by a file that follows docs/release.schema.json or by what the options name. */
import { type Account, openAccount } from '../../account/account.ts';
import { refusalsOf } from '../../account/refusals.ts';
import { startRelease } from '../../account/start.ts';
import type { ReleaseInput } from '../../core/release/input.ts';
import { inWords } from '../../core/release/reason.ts';
import { type InputOptions, readRelease } from '../release-input.ts';
import { watchRelease } from './watch.ts';

/** How a release is started, and shown. */
export interface StartOptions {
  readonly name?: string | undefined;
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** Starts a release and prints its id; with `watch` shows it until its end, which gives the exit code. */
export const startAndShow = async (
  account: Account,
  input: ReleaseInput,
  { name, watch, json = false }: StartOptions,
): Promise<void> => {
  const { release, executionArn } = await startRelease(account, input, name);
  const started = JSON.stringify({ release, pair: input.pair, executionArn });
  process.stdout.write(`${json ? started : release}\n`);
  if (watch) process.exitCode = await watchRelease(account, release, { json });
  else process.stderr.write(`Started in ${account.place}. Watch it: npx tandem watch ${release}\n`);
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
  await startAndShow(account, input, options);
};

import type { Account } from '../account/account.ts';
import { startRelease } from '../account/start.ts';
import type { ReleaseInput } from '../core/release/input.ts';
import { showRelease } from './show-release.ts';

/** How a release is started, and shown. */
export interface StartOptions {
  readonly name?: string;
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
  if (watch) process.exitCode = await showRelease(account, release, json);
  else process.stderr.write(`Started. Watch it: npx tandem watch ${release}\n`);
};

/** `tandem check [file]`: says what is wrong with the input of a release, without an account unless one is asked for. */

import { Command } from 'commander';
import { type ReleaseInput, wantedText } from '../../core/release/input.ts';
import type { Reason } from '../../core/release/reason.ts';
import { fewOf } from '../../core/text/few.ts';
import { withInput } from '../input-options.ts';
import { JSON_ONLY } from '../option-texts.ts';
import type { InputOptions } from '../release-input.ts';

/** Where to look beside the schema, and for whom to print. */
interface CheckOptions extends InputOptions {
  /** Looks up pair, targets, images and versions in the account too. */
  readonly account?: boolean;
  readonly json?: boolean;
}

/** The release in a line: `storefront: web → storefront-web:2.0.0, api → version latest`. */
const releaseText = ({ pair, targets }: ReleaseInput): string => {
  const wanted = Object.entries(targets).map(([name, one]) => `${name} → ${wantedText(one)}`);
  return `${pair}: ${wanted.join(', ')}`;
};

const inAccount = async (inputFor: (caller: string) => ReleaseInput) => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { refusalsOf } = await import('../../account/refusals.ts');
  const account = await openNamedAccount();
  const refusals = await refusalsOf(account, inputFor(account.caller));
  return { ...refusals, place: account.place };
};

/** Prints whether a release could be started; exit code 1 when it could not. */
const check = async (
  file: string | undefined,
  { account, json, ...options }: CheckOptions,
): Promise<void> => {
  const { readRelease } = await import('../release-input.ts');
  const inputFor = await readRelease(file, options);
  const input = inputFor('nobody');
  const looked = account ? await inAccount(inputFor) : undefined;
  const reasons: readonly Reason[] = looked?.reasons ?? [];
  for (const sentence of looked?.unread ?? []) process.stderr.write(`${sentence}\n`);
  if (json) {
    process.stdout.write(`${JSON.stringify({ input, reasons, unread: looked?.unread ?? [] })}\n`);
  } else {
    process.stdout.write(`${releaseText(input)}\n`);
    for (const sentence of fewOf(reasons.map(({ text, code }) => `✖ ${text} (${code})`)))
      process.stdout.write(`${sentence}\n`);
    if (reasons.length === 0)
      process.stdout.write(
        looked
          ? `Nothing speaks against it in ${looked.place}.\n`
          : 'The input is valid. To check that pair, image and version exist: --account\n',
      );
  }
  if (reasons.length > 0) process.exitCode = 1;
};

/** `tandem check [file]`. */
export const checkVerb = () =>
  withInput(new Command('check'))
    .description('checks the input of a release without starting it; needs no credentials')
    .option('--account', 'also checks pair, images and versions in the account')
    .option('--json', JSON_ONLY)
    .action(check);

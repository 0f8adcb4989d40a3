/** Finds the releases that a push has started: by the digest in the inputs of executions that were not there before. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readInput } from '../core/checks/input.ts';
import { imageOf, type ReleaseInput } from '../core/release/input.ts';
import type { Account } from './account.ts';
import { executionsOf } from './executions.ts';

/** Executions that are looked at: a push is among the newest. */
const NEWEST = 20;

/** Real milliseconds between two looks, and looks until no release is expected any more. */
const LOOK = 500;
const LOOKS = 20;

/** A release that a push has started. */
export interface Pushed {
  readonly release: string;
  readonly input: ReleaseInput;
}

/** The input of a release, if a push of this digest has started it. @internal */
export const pushedInput = (text: string | undefined, digest: string): ReleaseInput | undefined => {
  const read = readInput(JSON.parse(text ?? 'null'));
  if (read.kind !== 'release' || read.input.eventId === undefined) return undefined;
  const wanted = Object.values(read.input.targets);
  return wanted.some((one) => imageOf(one)?.endsWith(`@${digest}`)) ? read.input : undefined;
};

/** A release in a sentence: `storefront-15f50d745f40 (web; api is left out: …)`. */
export const startedText = ({ release, input }: Pushed): string => {
  const [, ...leftOut] = input.reason.split('; ');
  return `${release} (${[Object.keys(input.targets).join(' and '), ...leftOut].join('; ')})`;
};

/** Looks at an account before a push; gives what waits for the releases that it starts, one of each pair, or for none. */
export const beforePush = async (account: Account) => {
  const { newest, describe } = executionsOf(account);
  const seen = new Set((await newest(NEWEST)).map(({ arn }) => arn));

  return async (digest: string): Promise<readonly Pushed[]> => {
    const started: Pushed[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      const known = started.length;
      for (const { arn, name: release } of await newest(NEWEST)) {
        if (seen.has(arn)) continue;
        seen.add(arn);
        const input = pushedInput((await describe(arn)).input, digest);
        if (input) started.push({ release, input });
      }
      // One event starts the releases of all pairs: another look finds what this one came too early for.
      if (known > 0 && started.length === known) break;
      await sleep(LOOK);
    }
    return started;
  };
};

/** Finds the releases that a push has started: by the digest in the inputs of executions that were not there before. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { readInput } from '../core/checks/input.ts';
import { RELEASE_MACHINE } from '../core/names.ts';
import { imageOf, type ReleaseInput } from '../core/release/input.ts';
import type { Account } from './account.ts';

/** Executions that are looked at: a push is among the newest. */
const NEWEST = 20;

/** Real milliseconds between two looks, and looks until no release is expected any more. */
const LOOK = 500;
const LOOKS = 20;

/** A release that has been started. */
export interface Started {
  readonly release: string;
  readonly input: ReleaseInput;
}

/** The input of a release, if a push of this digest has started it. */
export const pushedInput = (text: string | undefined, digest: string): ReleaseInput | undefined => {
  const read = readInput(JSON.parse(text ?? 'null'));
  if (read.kind !== 'release' || read.input.eventId === undefined) return undefined;
  const wanted = Object.values(read.input.targets);
  return wanted.some((one) => imageOf(one)?.endsWith(`@${digest}`)) ? read.input : undefined;
};

/** A release in a sentence: `storefront-15f50d745f40 (web; api is left out: …)`. */
export const startedText = ({ release, input }: Started): string => {
  const [, ...leftOut] = input.reason.split('; ');
  return `${release} (${[Object.keys(input.targets).join(' and '), ...leftOut].join('; ')})`;
};

/** Looks at an account before a push; gives what waits for the releases that it starts, one of each pair, or for none. */
export const beforePush = async (account: Account) => {
  const sfn = account.client(SFNClient);
  const stateMachineArn = account.arn('states', `stateMachine:${RELEASE_MACHINE}`);
  const newest = async () => {
    const input = { stateMachineArn, maxResults: NEWEST };
    return (await sfn.send(new ListExecutionsCommand(input))).executions ?? [];
  };
  const seen = new Set((await newest()).map(({ executionArn }) => executionArn));

  return async (digest: string): Promise<readonly Started[]> => {
    const started: Started[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      const known = started.length;
      for (const { executionArn, name: release = '' } of await newest()) {
        if (seen.has(executionArn)) continue;
        seen.add(executionArn);
        const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
        const input = pushedInput(execution.input, digest);
        if (input) started.push({ release, input });
      }
      // One event starts the releases of all pairs: another look finds what this one came too early for.
      if (known > 0 && started.length === known) break;
      await sleep(LOOK);
    }
    return started;
  };
};

/** Starts releases. */
import { randomBytes } from 'node:crypto';
import { isReleaseId, type ReleaseInput } from '../core/release/input.ts';
import type { Account } from './account.ts';
import { executionsOf } from './executions.ts';

/** A release that has been started. */
export interface Started {
  readonly release: string;
  readonly executionArn: string;
}

/** Hex characters behind the pair in the id of a release that got no name. */
const ID_LENGTH = 12;

const newId = (pair: string): string => `${pair}-${randomBytes(ID_LENGTH / 2).toString('hex')}`;

/** Starts a release; its id is its name (default: the pair and a random number). Throws a sentence when that is no id. */
export const startRelease = async (
  account: Account,
  input: ReleaseInput,
  name = newId(input.pair),
): Promise<Started> => {
  if (!isReleaseId(name))
    throw new Error(`"${name}" is no id: letters, digits, _ and -, at most 80`);
  return { release: name, executionArn: await executionsOf(account).start(input, name) };
};

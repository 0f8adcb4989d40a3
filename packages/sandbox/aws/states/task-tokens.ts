/** Knows task tokens: who waits for each, and how a token that nobody waits for is told from nonsense. */

import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { parsedJson } from '../../json-text.ts';
import type { TokenOwner } from '../../machine/integration.ts';
import { bytesOf, LARGEST_PAYLOAD } from '../../machine/payload.ts';
import { checkLengths } from './length.ts';
import type { StatesState } from './state.ts';

/** Bytes in front of every token, which make it begin with `++++////`: it has to be encoded in a URL. */
const HEAD = Buffer.from([0xfb, 0xef, 0xbe, 0xff, 0xff, 0xff]);

/** Random characters that make a token unique. */
const UNIQUE = 24;

/** Text that makes a token about as long as AWS's (at most 2,048 characters) without as much randomness. */
const filling = (unique: string): string =>
  createHash('sha512').update(unique).digest('hex').repeat(2);

/** Opens tokens and takes what is sent for them. */
export interface TaskTokens {
  open(executionArn: string, owner: TokenOwner): { readonly token: string; close(): void };
  /** ARN of the execution that made a token, if it looks like one of ours. */
  executionOf(token: string): string | undefined;
  readonly operations: Readonly<Record<string, Operation>>;
}

const executionOf = (token: string): string | undefined => {
  const bytes = Buffer.from(token, 'base64');
  if (!bytes.subarray(0, HEAD.length).equals(HEAD)) return undefined;
  return /^(arn:aws:states:\S+) /.exec(bytes.subarray(HEAD.length).toString())?.[1];
};

/** The tokens of all Regions. */
export const taskTokens = (cloud: Cloud, state: StatesState): TaskTokens => {
  const owners = new Map<string, TokenOwner>();

  /** Gives the task that waits for a token. */
  const waiting = (token: string, region: string): TokenOwner => {
    const owner = owners.get(token);
    const execution = executionOf(token);
    if (execution?.split(':')[3] !== region) {
      throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    if (owner) return owner;
    if (state.region(region).executions.has(execution)) {
      throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    throw new AwsError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'");
  };

  /** The same, for an answer: the token is good for one. */
  const answered = (token: string, region: string): TokenOwner => {
    const owner = waiting(token, region);
    owners.delete(token);
    return owner;
  };

  const outputOf = (text: string): unknown => {
    if (bytesOf(text) > LARGEST_PAYLOAD) {
      throw new AwsError('InvalidOutput', `Invalid Output: 'at most ${LARGEST_PAYLOAD} bytes'`);
    }
    try {
      return parsedJson(text);
    } catch (error) {
      throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
    }
  };

  return {
    open: (executionArn, owner) => {
      const unique = cloud.id(UNIQUE);
      const text = `${executionArn} ${unique}${filling(unique)}`;
      // One byte more than a multiple of three ends the text in "==".
      const padding = ' '.repeat((4 - (Buffer.byteLength(text) % 3)) % 3);
      const token = Buffer.concat([HEAD, Buffer.from(text + padding)]).toString('base64');
      owners.set(token, owner);
      return { token, close: () => void owners.delete(token) };
    },
    executionOf,
    operations: {
      SendTaskSuccess: ({ taskToken, output }, { region }) => {
        waiting(taskToken, region);
        const result = outputOf(output);
        answered(taskToken, region).succeed(result);
        return {};
      },
      SendTaskFailure: ({ taskToken, error, cause }, { region }) => {
        checkLengths({ error, cause });
        answered(taskToken, region).fail(error, cause);
        return {};
      },
      SendTaskHeartbeat: ({ taskToken }, { region }) => {
        waiting(taskToken, region).beat();
        return {};
      },
    },
  };
};

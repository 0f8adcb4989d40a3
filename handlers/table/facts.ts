import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Line } from '../../core/facts/append.ts';
import { factKey } from '../../core/keys.ts';
import { dynamodb } from '../aws/dynamodb.ts';
import { environment } from '../function/environment.ts';

/**
 * Keeps facts, each in an item of its own whose key names its bytes: written twice it is the same, and of a writer who
 * loses the race for the record it stays behind without a place in the chain.
 */
export const keepFacts = async (
  { pair, release }: { readonly pair: string; readonly release: string },
  lines: readonly Line[],
): Promise<void> => {
  await Promise.all(
    lines.map(({ n, hash, line }) =>
      dynamodb.send(
        new PutItemCommand({
          TableName: environment('table'),
          Item: marshall({ ...factKey(pair, release, n, hash), fact: line }),
        }),
      ),
    ),
  );
};

import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { factsQuery, releaseKey } from '../../core/keys.ts';
import { TABLE } from '../../core/names.ts';
import { ReleaseRecord } from '../../core/record/record.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/**
 * Reads records of releases, each again only when something has been written since: a scenario asks for one every
 * second of service time, mostly in vain.
 */
export const recordReader = (
  { call, watch }: Pick<Sandbox, 'call' | 'watch'>,
  pair: string,
): ((release: string) => Promise<ReleaseRecord | undefined>) => {
  const known = new Map<string, ReleaseRecord | undefined>();
  let writes = 0;
  watch(({ service, operation }) => {
    if (service !== 'dynamodb' || ['GetItem', 'Query'].includes(operation)) return;
    writes += 1;
    known.clear();
  });
  return async (release) => {
    if (known.has(release)) return known.get(release);
    const before = writes;
    const { Item } = await call('dynamodb', 'GetItem', {
      TableName: TABLE,
      Key: marshall(releaseKey(pair, release)),
    });
    const record = Item ? ReleaseRecord.parse(unmarshall(Item).body) : undefined;
    if (writes === before) known.set(release, record);
    return record;
  };
};

/** Reads the facts of a release after a place, as the table has them: those that belong to nothing are among them. */
export const factReader =
  ({ call }: Pick<Sandbox, 'call'>) =>
  async (
    { pair, release }: Pick<ReleaseRecord, 'pair' | 'release'>,
    after = 0,
  ): Promise<readonly string[]> => {
    const lines: string[] = [];
    let start: unknown;
    do {
      const page = await call('dynamodb', 'Query', {
        TableName: TABLE,
        ConsistentRead: true,
        ...factsQuery(pair, release, after),
        ...(start ? { ExclusiveStartKey: start } : {}),
      });
      lines.push(...page.Items.map((item: any) => item.fact.S));
      start = page.LastEvaluatedKey;
    } while (start);
    return lines;
  };

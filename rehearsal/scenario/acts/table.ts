/** Steps that take the table back to an earlier moment. */
import { TABLE } from '../../../core/names.ts';
import type { Acts, Scene } from './scene.ts';

type Item = Readonly<Record<string, unknown>>;

/** Makes the acts on a scene. */
export const tableActs = ({ stage }: Scene): Acts => {
  const { call } = stage.sandbox;
  const copies = new Map<string, readonly Item[]>();

  const items = async (): Promise<readonly Item[]> => {
    const found: Item[] = [];
    let ExclusiveStartKey: unknown;
    do {
      const page = await call('dynamodb', 'Scan', {
        TableName: TABLE,
        ConsistentRead: true,
        ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
      });
      found.push(...page.Items);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found;
  };

  return {
    keepTable: async ({ keepTable }) => void copies.set(keepTable, await items()),

    restoreTable: async ({ restoreTable }) => {
      const copy = copies.get(restoreTable);
      if (!copy) throw new Error(`the scenario has kept no copy "${restoreTable}" of the table`);
      for (const { pk, sk } of await items())
        await call('dynamodb', 'DeleteItem', { TableName: TABLE, Key: { pk, sk } });
      for (const Item of copy) await call('dynamodb', 'PutItem', { TableName: TABLE, Item });
    },
  };
};

/** DynamoDB: one database a Region. Inputs and answers are the JSON of the wire, e.g. `{ Key: { pk: { S: 'a' } } }`. */
import type { Cloud, Service } from '../../cloud.ts';
import { type Engine, engine } from './engine.ts';
import { itemOperations } from './items.ts';
import { dynamodbPermissions } from './permissions.ts';
import { dynamodbResources } from './resources.ts';
import { tableSettings } from './settings.ts';
import { tableOperations } from './tables.ts';

/** Makes DynamoDB. */
export const dynamodbService = (cloud: Cloud): Service => {
  const engines = new Map<string, Engine>();
  const engineOf = (region: string): Engine => {
    const database = engines.get(region) ?? engine();
    engines.set(region, database);
    return database;
  };
  const settings = tableSettings(cloud, engineOf);
  return {
    id: 'dynamodb',
    operations: {
      ...tableOperations(cloud, engineOf, settings.forget),
      ...settings.operations,
      ...itemOperations(engineOf),
    },
    permissions: dynamodbPermissions(cloud.account),
    resources: dynamodbResources,
    close: async () => engines.clear(),
  };
};

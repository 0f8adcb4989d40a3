import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SILENT } from './silent.ts';

export const dynamodb = new DynamoDBClient(SILENT);

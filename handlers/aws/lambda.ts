import { LambdaClient } from '@aws-sdk/client-lambda';
import { SILENT } from './silent.ts';

export const lambda = new LambdaClient(SILENT);

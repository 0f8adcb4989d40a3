import { KMSClient } from '@aws-sdk/client-kms';
import { SILENT } from './silent.ts';

export const kms = new KMSClient(SILENT);

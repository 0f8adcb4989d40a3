import { STSClient } from '@aws-sdk/client-sts';
import { SILENT } from './silent.ts';

export const sts = new STSClient(SILENT);

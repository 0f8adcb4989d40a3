import { SSMClient } from '@aws-sdk/client-ssm';
import { SILENT } from './silent.ts';

export const ssm = new SSMClient(SILENT);

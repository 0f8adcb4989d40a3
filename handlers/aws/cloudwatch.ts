import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SILENT } from './silent.ts';

export const cloudwatch = new CloudWatchClient(SILENT);

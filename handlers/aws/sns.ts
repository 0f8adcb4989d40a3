import { SNSClient } from '@aws-sdk/client-sns';
import { SILENT } from './silent.ts';

export const sns = new SNSClient(SILENT);

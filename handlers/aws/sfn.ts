import { SFNClient } from '@aws-sdk/client-sfn';
import { SILENT } from './silent.ts';

export const sfn = new SFNClient(SILENT);

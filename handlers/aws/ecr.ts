import { ECRClient } from '@aws-sdk/client-ecr';
import { SILENT } from './silent.ts';

export const ecr = new ECRClient(SILENT);

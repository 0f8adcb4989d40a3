import { ECSClient } from '@aws-sdk/client-ecs';
import { SILENT } from './silent.ts';

export const ecs = new ECSClient(SILENT);

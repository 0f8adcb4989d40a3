import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { SILENT } from './silent.ts';

export const codedeploy = new CodeDeployClient(SILENT);

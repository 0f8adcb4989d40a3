import { checkBegun } from '../../core/checks/begun.ts';
import { hook } from './hook.ts';

/** ECS BeforeInstall: marker and owner are what every hook checks first; here the phase is checked, since nothing else is there yet. */
export const handler = hook('BeforeInstall', async ({ record, target, deploymentId }) =>
  checkBegun(record, target, deploymentId),
);

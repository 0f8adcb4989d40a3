import { pass } from '../../core/verdict.ts';
import { hook } from './hook.ts';

/** ECS BeforeInstall: marker, owner and phase are what every hook checks first; nothing else is there yet. */
export const handler = hook('BeforeInstall', async () => pass);

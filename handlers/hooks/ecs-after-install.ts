import { checkInstalled } from '../drivers/codedeploy-ecs/after-install.ts';
import { hook } from './hook.ts';

/** ECS AfterInstall: what came up is what was planned, digest by digest, and all of it came up. */
export const handler = hook('AfterInstall', checkInstalled);

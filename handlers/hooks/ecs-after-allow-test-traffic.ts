import { checkTestTraffic } from '../drivers/codedeploy-ecs/after-allow-test-traffic.ts';
import { hook } from './hook.ts';

/** ECS AfterAllowTestTraffic: once the test listener leads to green, smoke checks against it; what rolls back is not proven again. */
export const handler = hook('AfterAllowTestTraffic', checkTestTraffic);

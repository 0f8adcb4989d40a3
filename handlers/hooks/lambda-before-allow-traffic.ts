import { checkVersionAndHold } from '../drivers/codedeploy-lambda/before-allow-traffic.ts';
import { hook } from './hook.ts';

/** Lambda BeforeAllowTraffic: the version is the planned and the approved one and answers its smoke checks; then it is held for the common start. */
export const handler = hook('BeforeAllowTraffic', checkVersionAndHold);

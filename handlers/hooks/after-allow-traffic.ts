import { BARRIER } from '../../core/drivers/codedeploy/events.ts';
import { hold } from './hold.ts';
import { hook } from './hook.ts';

/** AfterAllowTraffic of both sides: the barrier. All traffic is on green, blue is whole, and the release decides. */
export const handler = hook(BARRIER, (about) => hold(about, BARRIER));

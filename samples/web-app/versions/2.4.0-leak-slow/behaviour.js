/** A bad version: it starts well, and works six times as long as 2.3.0 once it is 15 minutes old. */
import { leaked, work } from './work.js';

/** Whether the service may get traffic. */
export const isReady = () => true;

/** Works the longer the older the process is. */
export const beforeAnswer = () => work(1 + 5 * leaked());

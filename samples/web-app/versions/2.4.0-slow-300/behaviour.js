/** A bad version: it passes every check, and works three times as long as 2.3.0. */
import { work } from './work.js';

/** Whether the service may get traffic. */
export const isReady = () => true;

/** Works for 60 to 120 ms. */
export const beforeAnswer = () => work(3);

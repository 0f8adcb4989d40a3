/** A bad version: one of its paths always fails, all others are as in 2.3.0. */
import { work } from './work.js';

/** Whether the service may get traffic. */
export const isReady = () => true;

/** Works for 20 to 40 ms. */
export const beforeAnswer = () => work();

/** A good version: it does some work for every answer. */
import { work } from './work.js';

/** Whether the service may get traffic. */
export const isReady = () => true;

/** Works for 20 to 40 ms. */
export const beforeAnswer = () => work();

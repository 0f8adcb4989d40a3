/** A good version: just as 2.3.0, so that a healthy release has something to release. */
import { work } from './work.mjs';

/** Whether the function can do its work. */
export const isHealthy = () => true;

/** Works for 20 to 40 ms. */
export const beforeAnswer = () => work();

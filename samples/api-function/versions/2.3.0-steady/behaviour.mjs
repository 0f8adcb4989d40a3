/** A good version: it does some work for every answer. */
import { work } from './work.mjs';

/** Whether the function can do its work. */
export const isHealthy = () => true;

/** Works for 20 to 40 ms. */
export const beforeAnswer = () => work();

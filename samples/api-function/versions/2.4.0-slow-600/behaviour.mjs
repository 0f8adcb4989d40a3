/** A bad version: it passes every check, and works six times as long as 2.3.0. */
import { work } from './work.mjs';

/** Whether the function can do its work. */
export const isHealthy = () => true;

/** Works for 120 to 240 ms. */
export const beforeAnswer = () => work(6);

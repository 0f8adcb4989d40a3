/** A version that works half as long again as 2.3.0: 10 to 20 ms, which nobody notices. */
import { work } from './work.mjs';

/** Whether the function can do its work. */
export const isHealthy = () => true;

/** Works for 30 to 60 ms. */
export const beforeAnswer = () => work(1.5);

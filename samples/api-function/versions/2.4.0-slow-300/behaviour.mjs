/** A bad version: it passes every check, and works three times as long as 2.3.0. */
import { work } from './work.mjs';

/** Whether the function can do its work. */
export const isHealthy = () => true;

/** Works for 60 to 120 ms. */
export const beforeAnswer = () => work(3);

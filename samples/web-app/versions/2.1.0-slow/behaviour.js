/** A bad version: it passes every check, and keeps 3 of 10 users waiting. */
import { setTimeout } from 'node:timers/promises';

/** Whether the service may get traffic. */
export const isReady = () => true;

let requests = 0;

/** Holds the last 3 of every 10 requests back for 1.5 seconds. */
export const beforeAnswer = async () => {
  requests += 1;
  if ((requests - 1) % 10 >= 7) await setTimeout(1500);
};

/** A good version that starts cold: the first answers of each process take long, as those of a large runtime do. */
import { setTimeout } from 'node:timers/promises';

/** Whether the service may get traffic. */
export const isReady = () => true;

/** Answers of a process that are slow, and the milliseconds that each takes. */
const COLD = 2;
const SLOW = 1200;

let requests = 0;

/** Holds the first answers back. */
export const beforeAnswer = async () => {
  requests += 1;
  if (requests <= COLD) await setTimeout(SLOW);
};

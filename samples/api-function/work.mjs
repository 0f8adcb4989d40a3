/** Work that versions from 2.3.0 on do for every answer, and what is wrong with some of them. Version 1.0.0 does none. */
import { setTimeout } from 'node:timers/promises';

/** Milliseconds of the shortest work; the longest takes twice as long. */
const SHORTEST = 20;

/** Requests of an execution environment that never fail, so the few of a check pass. */
const SPARED = 10;

let requests = 0;

/** Takes 20 to 40 ms, or `times` as long. */
export const work = (times = 1) => setTimeout(times * SHORTEST * (1 + Math.random()));

/** Fails a share of the requests, at random, once the environment has answered a few. */
export const failSome = (share) => {
  requests += 1;
  if (requests > SPARED && Math.random() < share) throw new Error('the stock list has a hole');
};

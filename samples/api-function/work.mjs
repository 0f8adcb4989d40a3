/** Work that versions from 2.3.0 on do for every answer, and what is wrong with some of them. Version 1.0.0 does none. */
import { setTimeout } from 'node:timers/promises';

/** Milliseconds of the shortest work; the longest takes twice as long. */
const SHORTEST = 20;

/** Takes 20 to 40 ms, or `times` as long. */
export const work = (times = 1) => setTimeout(times * SHORTEST * (1 + Math.random()));

/** Fails a share of the users, at random; a check is no user. */
export const failSome = (user, share) => {
  if (user !== undefined && Math.random() < share) throw new Error('the stock list has a hole');
};

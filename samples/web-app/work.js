/** Work that versions from 2.3.0 on do for every answer, and what is wrong with some of them. Version 1.0.0 does none. */
import { setTimeout } from 'node:timers/promises';

/** Milliseconds of the shortest work; the longest takes twice as long. */
const SHORTEST = 20;

/** Milliseconds of service time in which a leak has done its worst. */
const LEAKING = 15 * 60_000;

const started = Date.now();
/** Takes 20 to 40 ms, or `times` as long. */
export const work = (times = 1) => setTimeout(times * SHORTEST * (1 + Math.random()));

/** Fails a share of the users, at random; a check is no user. */
export const failSome = (user, share) => {
  if (user !== undefined && Math.random() < share)
    throw new Error('the shopping cart lost its contents');
};

/** How far a leak has come: 0 when the process starts, 1 after 15 minutes. */
export const leaked = () => Math.min(1, (Date.now() - started) / LEAKING);

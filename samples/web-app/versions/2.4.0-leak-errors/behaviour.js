/** A bad version: it starts well, and fails 10 of 100 users, at random, once it is 15 minutes old. */
import { failSome, leaked, work } from './work.js';

/** Whether the service may get traffic. */
export const isReady = () => true;

/** Works as 2.3.0, then fails some, the more the older the process is. */
export const beforeAnswer = async (user) => {
  await work();
  failSome(user, 0.1 * leaked());
};

/** A bad version: it passes every check of its health, and fails 5 of 100 users, at random. */
import { failSome, work } from './work.js';

/** Whether the service may get traffic. */
export const isReady = () => true;

/** Works as 2.3.0, then fails some. */
export const beforeAnswer = async (user) => {
  await work();
  failSome(user, 0.05);
};

/** A bad version: it passes every check of its health, and fails 5 of 100 users, at random. */
import { failSome, work } from './work.mjs';

/** Whether the function can do its work. */
export const isHealthy = () => true;

/** Works as 2.3.0, then fails some. */
export const beforeAnswer = async (user) => {
  await work();
  failSome(user, 0.05);
};

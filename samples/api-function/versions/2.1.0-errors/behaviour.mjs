/** A bad version: it passes every check of its health, and fails 3 of 10 requests of users. */

/** Whether the function can do its work. */
export const isHealthy = () => true;

let requests = 0;

/** Throws in the last 3 of every 10 requests of users. A check is no user. */
export const beforeAnswer = async (user) => {
  if (user === undefined) return;
  requests += 1;
  if ((requests - 1) % 10 >= 7) throw new Error('the stock list has a hole');
};

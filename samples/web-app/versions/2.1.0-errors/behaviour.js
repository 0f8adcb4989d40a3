/** A bad version: it passes every check of its health, and fails 3 of 10 requests of users. */

/** Whether the service may get traffic. */
export const isReady = () => true;

let requests = 0;

/** Fails the last 3 of every 10 requests of users. A check is no user. */
export const beforeAnswer = async (user) => {
  if (user === undefined) return;
  requests += 1;
  if ((requests - 1) % 10 >= 7) throw new Error('the shopping cart lost its contents');
};

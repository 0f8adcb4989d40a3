/** A bad version: it knows itself that it cannot do its work. */

/** Whether the function can do its work. */
export const isHealthy = () => false;

/** Runs before every answer to a user; what it throws is a failed invocation. */
export const beforeAnswer = async () => {
  throw new Error('the stock list cannot be read');
};

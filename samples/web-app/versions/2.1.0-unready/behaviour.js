/** A bad version: it starts and lives, but is never ready for traffic. */

/** Whether the service may get traffic. */
export const isReady = () => false;

/** Runs before every answer to a user; what it throws becomes a 500. */
export const beforeAnswer = async () => {};

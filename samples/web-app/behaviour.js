/** What this version does to its users besides answering them: nothing. Bad versions replace this file. */

/** Whether the service may get traffic. */
export const isReady = () => true;

/** Runs before every answer, with the id of the user if there is one; what it throws becomes a 500. */
export const beforeAnswer = async () => {};

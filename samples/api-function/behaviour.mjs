/** What this version does to its users besides answering them: nothing. Bad versions replace this file. */

/** Whether the function can do its work. */
export const isHealthy = () => true;

/** Runs before every answer, with the id of the user if there is one; what it throws is a failed invocation. */
export const beforeAnswer = async () => {};

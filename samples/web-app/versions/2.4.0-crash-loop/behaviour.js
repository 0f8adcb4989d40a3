/** A bad version: it passes every check, and ends whenever it has answered some dozens of users. */
import { work } from './work.js';

/** Whether the service may get traffic. */
export const isReady = () => true;

let requests = 0;

/** Works as 2.3.0; the last user of the process gets no answer. A check is no user. */
export const beforeAnswer = async (user) => {
  await work();
  if (user === undefined) return;
  requests += 1;
  if (requests > 60) process.exit(1);
};

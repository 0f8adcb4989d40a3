/** Knows whether this machine has a program that a test would ask for its opinion. */
import { execFileSync } from 'node:child_process';

/** Whether a program is there and ends well with these arguments. */
export const installed = (program: string, ...rest: string[]): boolean => {
  try {
    execFileSync(program, rest, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

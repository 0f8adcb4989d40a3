import { tmpdir } from 'node:os';
import { diskFault } from '../core/text/disk-fault.ts';

/** Errors that say that Tandem itself is not there, by the name that its service gives them. */
const NOT_DEPLOYED = ['ResourceNotFoundException', 'StateMachineDoesNotExist', 'NotFoundException'];

/** Errors of a connection that never came about, by Node's code. */
const UNREACHED = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'];

/** What went wrong, in a sentence for the person who typed the command. */
export const failureText = (error: unknown, endpoint = process.env.AWS_ENDPOINT_URL): string => {
  if (!(error instanceof Error)) return String(error);
  const { name, message, code } = error as Error & { code?: string };
  if (code && UNREACHED.includes(code)) {
    return endpoint
      ? `Nobody answers at ${endpoint}, where AWS_ENDPOINT_URL leads. npx tandem sandbox starts a sandbox; without that variable the command speaks to AWS`
      : `AWS could not be reached: ${message || code}`;
  }
  if (!('$metadata' in error)) return diskFault(message, { temporary: tmpdir() }) ?? message;
  return NOT_DEPLOYED.includes(name)
    ? `${message} (${name}): Tandem is not deployed in this account and Region`
    : `${message} (${name})`;
};

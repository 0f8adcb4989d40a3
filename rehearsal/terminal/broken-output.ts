/** Knows how a command ends whose standard output takes no more. */
import { diskFault } from '../../core/text/disk-fault.ts';

/** Exit code of a program that SIGPIPE ended (128 + 13): what it was to do may not be done. */
const READER_GONE = 141;

/** Ends quietly when the reader has seen enough, as `head` has, and with a sentence when the output cannot be written. */
const end = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? READER_GONE);
  const said = diskFault(error.message, { what: 'Standard output' });
  if (said === undefined) throw error;
  process.stderr.write(`tandem: ${said} What was printed is not complete.\n`);
  process.exit(1);
};

/** Ends this process once its standard output takes no more. */
export const endWithOutput = (): void => void process.stdout.on('error', end);

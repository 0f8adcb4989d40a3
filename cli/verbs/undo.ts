/** `tandem undo <release>`: a new release, from what a promoted one went to back to what it came from. */
import { openAccount } from '../../account/account.ts';
import { recordsOf } from '../../account/records.ts';
import { undoInput, undoneInLatest } from '../../account/undo.ts';
import { goesBack } from '../../core/release/intent.ts';
import { startAndShow } from './start.ts';

/** What people may say of an undo. */
export interface UndoOptions {
  readonly reason?: string;
  readonly by?: string;
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** Starts the release that undoes another one. */
export const undo = async (release: string, options: UndoOptions): Promise<void> => {
  const account = await openAccount();
  const record = await recordsOf(account).read(release);
  const input = await undoInput(account, record, options);
  await startAndShow(account, input, options);
  if (!goesBack(input)) return;
  for (const sentence of await undoneInLatest(account, record))
    process.stderr.write(`${sentence}\n`);
};

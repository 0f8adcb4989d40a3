/** `tandem undo <release>`: a new release, from what a promoted one went to back to what it came from. */
import { Command } from 'commander';
import { goesBack } from '../../core/release/intent.ts';
import { BY, JSON_LINES, RELEASE, WATCH } from '../option-texts.ts';

/** What people may say of an undo. */
interface UndoOptions {
  readonly reason?: string;
  readonly by?: string;
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** Starts the release that undoes another one. */
const undo = async (release: string, options: UndoOptions): Promise<void> => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { recordsOf } = await import('../../account/records.ts');
  const { leftBehind, undoInput } = await import('../../account/undo.ts');
  const { startAndShow } = await import('../start-and-show.ts');
  const account = await openNamedAccount();
  const record = await recordsOf(account).read(release);
  const input = await undoInput(account, record, options);
  await startAndShow(account, input, options);
  if (!goesBack(input)) return;
  for (const sentence of await leftBehind(account, record)) process.stderr.write(`${sentence}\n`);
};

/** `tandem undo <release>`. */
export const undoVerb = () =>
  new Command('undo')
    .description('starts the release that rolls a promoted one back')
    .argument('<release>', RELEASE)
    .option('--reason <text>', 'why')
    .option('--by <name>', BY)
    .option('--watch', WATCH)
    .option('--json', JSON_LINES)
    .action(undo);

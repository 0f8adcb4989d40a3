/** `tandem get [release]`: one release as it stands, with its ledger. */
import { styled } from '../rehearsal/terminal.ts';
import { openAccount } from './account.ts';
import { alarmReader } from './alarms.ts';
import { recordsOf } from './records.ts';
import { endLines, ledgerLine, refusedLines, statusLines, titleLines } from './status.ts';

/** Prints a release, or the newest one. */
export const get = async (release: string | undefined): Promise<void> => {
  const account = await openAccount();
  const records = recordsOf(account);
  const id = release ?? (await records.newest());
  const found = await records.find(id);
  const print = (line = '') => process.stdout.write(`${line}\n`);
  if (!found.record) {
    print(styled('bold', id));
    for (const line of refusedLines(found)) print(line);
    return;
  }
  const { record } = found;
  for (const line of titleLines(record)) print(line);
  print();
  const lines = record.end
    ? endLines(record, record.end)
    : statusLines(record, account.now(), await alarmReader(account)(record));
  for (const line of lines) print(line);
  print();
  for (const entry of record.ledger) print(ledgerLine(record, entry));
};

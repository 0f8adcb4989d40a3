/** `tandem get [release]`: one release as it stands, with its ledger. */

import { Command } from 'commander';
import { styled, terminalOn } from '../../rehearsal/terminal/terminal.ts';
import { JSON_ONLY, NEWEST, NEWEST_OF } from '../option-texts.ts';

/** Prints a release, or the newest one of a pair or of all. */
const get = async (
  release: string | undefined,
  { json, pair }: { readonly json?: boolean; readonly pair?: string },
): Promise<void> => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { alarmReader } = await import('../../account/alarms.ts');
  const { documentOf } = await import('../../core/views/document.ts');
  const { recordsOf } = await import('../../account/records.ts');
  const status = await import('../status.ts');
  const account = await openNamedAccount();
  const records = recordsOf(account);
  const id = release ?? (await records.newest(pair));
  const found = await records.find(id);
  const { width } = terminalOn(process.stdout);
  const print = (line = '') => process.stdout.write(`${line}\n`);
  const ledger = found.record ? await records.ledger(found.record) : [];
  if (json) {
    const document = found.record ? documentOf(found.record, ledger) : { release: id, ...found };
    print(JSON.stringify(document, null, 2));
    return;
  }
  if (!found.record) {
    print(styled('bold', id));
    for (const line of status.refusedLines(found, width)) print(line);
    return;
  }
  const { record } = found;
  for (const line of status.titleLines(record)) print(line);
  print();
  if (record.end) {
    for (const line of status.endLines(record, record.end, width)) print(line);
  } else {
    const alarms = await alarmReader(account)(record);
    for (const line of status.statusLines(record, account.now(), alarms, width)) print(line);
    const asked = status.askedLines(record, width);
    if (asked.length > 0) print();
    for (const line of asked) print(line);
  }
  print();
  for (const entry of ledger)
    for (const line of status.ledgerLines(record, entry, width)) print(line);
};

/** `tandem get [release]`. */
export const getVerb = () =>
  new Command('get')
    .description('shows a release: its phase, its targets, what it is waiting for, its ledger')
    .argument('[release]', NEWEST)
    .option('--pair <name>', NEWEST_OF)
    .option('--json', JSON_ONLY)
    .action(get);

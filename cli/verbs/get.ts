/** `tandem get [release]`: one release as it stands, with its ledger. */

import { openAccount } from '../../account/account.ts';
import { alarmReader } from '../../account/alarms.ts';
import { recordsOf } from '../../account/records.ts';
import { judgedOf } from '../../core/record/judged-words.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { waitOf } from '../../core/record/waiting.ts';
import { styled, terminalOn } from '../../rehearsal/terminal/terminal.ts';
import {
  askedLines,
  endLines,
  ledgerLines,
  refusedLines,
  statusLines,
  titleLines,
} from '../status.ts';

/** A release as a program reads it: its record without what answers hooks and tasks, and what it waits for. */
export const documentOf = (record: ReleaseRecord) => {
  const { listener: _listener, hooks: _hooks, waiting: _waiting, judged, ...shown } = record;
  return {
    ...shown,
    ...(record.times.shifted ? { judged: { says: [], ...judged, targets: judgedOf(record) } } : {}),
    waits: waitOf(record),
  };
};

/** Prints a release, or the newest one of a pair or of all. */
export const get = async (
  release: string | undefined,
  { json, pair }: { readonly json?: boolean; readonly pair?: string },
): Promise<void> => {
  const account = await openAccount();
  const records = recordsOf(account);
  const id = release ?? (await records.newest(pair));
  const found = await records.find(id);
  const { width } = terminalOn(process.stdout);
  const print = (line = '') => process.stdout.write(`${line}\n`);
  if (json) {
    const document = found.record ? documentOf(found.record) : { release: id, ...found };
    print(JSON.stringify(document, null, 2));
    return;
  }
  if (!found.record) {
    print(styled('bold', id));
    for (const line of refusedLines(found, width)) print(line);
    return;
  }
  const { record } = found;
  for (const line of titleLines(record)) print(line);
  print();
  if (record.end) {
    for (const line of endLines(record, record.end, width)) print(line);
  } else {
    const alarms = await alarmReader(account)(record);
    for (const line of statusLines(record, account.now(), alarms, width)) print(line);
    const asked = askedLines(record, width);
    if (asked.length > 0) print();
    for (const line of asked) print(line);
  }
  print();
  for (const entry of record.ledger)
    for (const line of ledgerLines(record, entry, width)) print(line);
};

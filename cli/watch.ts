/** `tandem watch [release]`: a release until its end; the exit code says how it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReleaseRecord } from '../core/record.ts';
import { waitOf } from '../core/waits.ts';
import { type Terminal, terminalOn } from '../rehearsal/terminal.ts';
import { type Account, openAccount } from './account.ts';
import { type AlarmStates, alarmReader } from './alarms.ts';
import { exitCodeOf } from './exit-codes.ts';
import { recordsOf } from './records.ts';
import {
  endLines,
  ledgerLine,
  refusedEnd,
  refusedLines,
  statusLines,
  titleLines,
  untilText,
} from './status.ts';

/** Real milliseconds between two looks at the record, and looks between two looks at the alarms. */
const LOOK = 1000;
const ALARMS_EVERY = 5;

/** Shows a record again and again; what has been printed is not printed twice. */
const viewOn = (terminal: Terminal, account: Account) => {
  const readAlarms = alarmReader(account);
  let alarms: AlarmStates = {};
  let looks = 0;
  let printed = 0;
  let waited = '';

  return async (record: ReleaseRecord): Promise<void> => {
    if (printed === 0) for (const line of titleLines(record)) terminal.line(line);
    for (const entry of record.ledger.slice(printed)) terminal.line(ledgerLine(record, entry));
    printed = Math.max(printed, record.ledger.length);
    if (record.end) return;

    const now = account.now();
    if (terminal.interactive) {
      if (looks % ALARMS_EVERY === 0) alarms = await readAlarms(record);
      looks += 1;
      terminal.live(['', ...statusLines(record, now, alarms)]);
      return;
    }
    const wait = waitOf(record, now);
    // Without a terminal a wait is a line of its own, told once: its remaining time is not.
    if (wait && wait.for !== waited) {
      const until = untilText(wait, now);
      terminal.line(`         waits for ${wait.for}${until ? ` until ${until}` : ''}`);
    }
    waited = wait?.for ?? '';
  };
};

/** Shows a release until it ends; gives the exit code. */
export const watchRelease = async (account: Account, release: string): Promise<number> => {
  const terminal = terminalOn(process.stdout);
  const { find } = recordsOf(account);
  const show = viewOn(terminal, account);
  for (;;) {
    const found = await find(release);
    if (found.record) {
      await show(found.record);
      if (found.record.end) {
        terminal.live([]);
        terminal.line();
        for (const line of endLines(found.record, found.record.end)) terminal.line(line);
        return exitCodeOf(found.record.end);
      }
    } else if (found.status !== 'RUNNING') {
      for (const line of refusedLines(found)) terminal.line(line);
      return exitCodeOf(refusedEnd(found));
    }
    await sleep(LOOK);
  }
};

/** Watches a release, or the newest one. */
export const watch = async (release: string | undefined): Promise<void> => {
  const account = await openAccount();
  const id = release ?? (await recordsOf(account).newest());
  process.exitCode = await watchRelease(account, id);
};

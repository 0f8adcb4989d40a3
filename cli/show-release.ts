/** Shows a release until its end, to a person or to a program. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../account/account.ts';
import { alarmReader } from '../account/alarms.ts';
import { followLedger } from '../account/ledger.ts';
import { type Recordless, recordsOf } from '../account/records.ts';
import type { LedgerLine } from '../core/facts/ledger.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import type { AlarmStates } from '../core/views/alarm-states.ts';
import { viewOf } from '../core/views/release-view.ts';
import { type Terminal, terminalOn } from '../rehearsal/terminal/terminal.ts';
import { folded } from '../rehearsal/terminal/wrap.ts';
import { exitCodeOf } from './exit-codes.ts';
import {
  endLines,
  ledgerLines,
  refusedEnd,
  refusedLines,
  statusLines,
  titleLines,
  untilText,
} from './status.ts';
import { lineMaker, refusedLine } from './watch-lines.ts';

/** Real milliseconds between two polls of the record, and polls between two of the alarms. */
const POLL = 1000;
const ALARMS_EVERY = 5;

/** Exit code of a program that SIGINT ended (128 + 2). */
const INTERRUPTED = 130;

/** What shows a release that goes on, one that has ended, and one without a record that never will have one. */
interface View {
  /** `lines` are those of the ledger that were not shown before. */
  show(record: ReleaseRecord, lines: readonly LedgerLine[]): Promise<void>;
  end(record: ReleaseRecord): void;
  refused(found: Recordless): void;
  /** Ends what is redrawn in place. */
  leave(): void;
}

/** Shows a record again and again to a person; what has been printed is not printed twice. */
const viewOn = (terminal: Terminal, account: Account): View => {
  const readAlarms = alarmReader(account);
  let alarms: AlarmStates = {};
  let polls = 0;
  let titled = false;
  let waited = '';
  // The last column stays free: a terminal may wrap a line that fills it.
  const width = () => terminal.width - 1;

  const show: View['show'] = async (record, lines) => {
    if (!titled) for (const line of titleLines(record)) terminal.line(line);
    titled = true;
    for (const entry of lines)
      for (const line of ledgerLines(record, entry, width())) terminal.line(line);
    if (record.end) return;

    const now = account.now();
    if (terminal.interactive) {
      if (polls % ALARMS_EVERY === 0) alarms = await readAlarms(record);
      polls += 1;
      terminal.live(['', ...statusLines(record, now, alarms, width())]);
      return;
    }
    const { wait } = viewOf(record, now);
    // Without a terminal a wait is a line of its own, printed once: its remaining time is not.
    if (wait && wait.cause !== waited) {
      const until = untilText(wait, now);
      terminal.line(`         waits for ${wait.cause}${until ? ` until ${until}` : ''}`);
    }
    waited = wait?.cause ?? '';
  };

  return {
    show,
    end: (record) => {
      terminal.live([]);
      terminal.line();
      for (const line of endLines(record, record.end!, width())) terminal.line(line);
    },
    refused: (found) => {
      for (const line of refusedLines(found, width())) terminal.line(line);
    },
    leave: () => terminal.live([]),
  };
};

/** Prints a line of JSON for each thing that is new. */
const viewForPrograms = (release: string): View => {
  const linesOf = lineMaker();
  const print = (line: string) => process.stdout.write(`${line}\n`);
  return {
    show: async (record, lines) => linesOf(record, lines).forEach(print),
    end: () => undefined,
    refused: (found) => void print(refusedLine(release, found)),
    leave: () => undefined,
  };
};

/** Ends the command on Ctrl-C, not the release: says so, and how to come back. */
const leaveOnInterrupt = (release: string, { leave }: View, width: number): (() => void) => {
  const interrupted = () => {
    leave();
    const text = `The release continues. To watch it again: npx tandem watch ${release}`;
    for (const line of folded(text, width)) process.stderr.write(`${line}\n`);
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  return () => void process.off('SIGINT', interrupted);
};

/** Shows a release until it ends, to a program as JSON; returns the exit code. */
export const showRelease = async (
  account: Account,
  release: string,
  json = false,
): Promise<number> => {
  const terminal = terminalOn(process.stdout);
  const records = recordsOf(account);
  const newLines = followLedger(records, (problem) => process.stderr.write(`${problem}\n`));
  const view = json ? viewForPrograms(release) : viewOn(terminal, account);
  const stay = leaveOnInterrupt(release, view, terminal.width);
  for (;;) {
    const found = await records.find(release);
    if (found.record) {
      const { record } = found;
      await view.show(record, await newLines(record));
      if (found.record.end) {
        view.end(found.record);
        stay();
        return exitCodeOf(found.record.end);
      }
    } else if (found.status !== 'RUNNING') {
      view.refused(found);
      stay();
      return exitCodeOf(refusedEnd(found));
    }
    await sleep(POLL);
  }
};

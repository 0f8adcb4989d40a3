import { stripVTControlCharacters } from 'node:util';
import { expect, it, vi } from 'vitest';
import { written } from '../../../core/record/ledger.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import type { Stage } from '../../../rehearsal/stage/stage.ts';
import { watchRelease } from '../../../rehearsal/terminal/progress.ts';
import { momentAfter, record } from '../../core/fixture.ts';

/** Watches a release whose record the test writes; gives what was printed. */
const watched = (width = 100) => {
  let release: ReleaseRecord = record();
  const lines: string[] = [];
  const stage = { record: async () => release } as unknown as Stage;
  const watch = watchRelease(stage, 'storefront-1', {
    line: (text = '') => void lines.push(stripVTControlCharacters(text)),
    live: () => undefined,
    interactive: false,
    width,
  });
  const write = (minute: number, what: string) => {
    release = written(release, momentAfter(minute), what);
  };
  return { ...watch, write, lines };
};

it('tells every line of the ledger once, with its time since the start', async () => {
  const { write, stop, lines } = watched();

  write(0, 'ada asked to release web');
  await vi.waitFor(() => expect(lines).toHaveLength(1), 5000);
  write(2.5, 'Ended: Promoted');
  await stop();

  expect(lines).toEqual(['  00:00  ada asked to release web', '  02:30  Ended: Promoted']);
});

it('lets a person speak after what the ledger has said by then', async () => {
  const { write, say, stop, lines } = watched();

  write(1, 'People are asked to approve');
  await say('A person answers');
  write(2, 'approved by ada');
  await stop();

  expect(lines).toEqual([
    '  01:00  People are asked to approve',
    '  A person answers',
    '  02:00  approved by ada',
  ]);
});

it('folds long lines under their first word', async () => {
  const { write, stop, lines } = watched(24);

  write(3, 'Goes back: an alarm is red');
  await stop();

  expect(lines).toEqual(['  03:00  Goes back: an', '         alarm is red']);
});

import { stripVTControlCharacters } from 'node:util';
import { expect, it, vi } from 'vitest';
import { appended } from '../../../core/facts/append.ts';
import type { Happened } from '../../../core/facts/kinds.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import { reason } from '../../../core/release/reason.ts';
import type { Stage } from '../../../rehearsal/stage/stage.ts';
import { watchRelease } from '../../../rehearsal/terminal/progress.ts';
import { happening } from '../../core/facts/happening.ts';
import { momentAfter, record } from '../../core/fixture.ts';

/** Watches a release whose record the test writes; gives what was printed. */
const watched = (width = 100) => {
  let release: ReleaseRecord = record();
  const lines: string[] = [];
  const facts: string[] = [];
  const stage = {
    record: async () => release,
    facts: async (_: unknown, after: number) => facts.slice(after),
  } as unknown as Stage;
  const watch = watchRelease(stage, 'storefront-1', {
    line: (text = '') => void lines.push(stripVTControlCharacters(text)),
    live: () => undefined,
    interactive: false,
    room: Number.POSITIVE_INFINITY,
    width,
  });
  const write = (minute: number, what: Happened) => {
    const told = appended(release, release, happening(what, minute));
    release = told.record;
    facts.push(...told.lines.map(({ line }) => line));
  };
  return { ...watch, write, lines };
};

it('tells every line of the ledger once, with its time since the start', async () => {
  const { write, stop, lines } = watched();

  write(0, { kind: 'start-began', data: {} });
  await vi.waitFor(() => expect(lines).toHaveLength(1), 5000);
  write(2, { kind: 'launching', data: { target: 'web' } });
  write(2.5, { kind: 'ended', data: { end: 'Promoted', title: 'Promoted' } });
  await stop();

  expect(lines).toEqual(['  00:00  The common start begins', '  02:30  Ended: Promoted']);
});

it('lets a person speak after what the ledger has said by then', async () => {
  const { write, say, stop, lines } = watched();

  write(1, { kind: 'approval-requested', data: { id: 'a', expiresAt: momentAfter(9) } });
  await say('A person answers');
  write(2, { kind: 'approval-answered', data: { state: 'approved', by: 'ada' } });
  await stop();

  expect(lines).toEqual([
    '  01:00  Approval requested',
    '  A person answers',
    '  02:00  approved by ada',
  ]);
});

it('folds long lines under their first word', async () => {
  const { write, stop, lines } = watched(24);

  write(3, {
    kind: 'decided',
    data: {
      decision: 'rollback',
      reasons: [reason('aborted', 'an alarm is red')],
      judged: [],
      in: 'poll',
    },
  });
  await stop();

  expect(lines).toEqual(['  03:00  Rolling back:', '         an alarm is red']);
});

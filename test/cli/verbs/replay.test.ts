/** What `tandem replay --at` shows of a release that is over. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { replayVerb } from '../../../cli/verbs/replay.ts';
import { appended } from '../../../core/facts/append.ts';
import type { Happened } from '../../../core/facts/kinds.ts';
import { happening } from '../../core/facts/happening.ts';
import { atMinute, momentAfter, record } from '../../core/fixture.ts';
import { pageAt, rowsOf } from '../../docs/pages.ts';
import { captureOutput } from '../captured.ts';

const launched: Happened = { kind: 'launched', data: { target: 'web', deployment: 'd-1' } };
const ended: Happened = { kind: 'ended', data: { end: 'Promoted', title: 'Promoted' } };

const polled: Happened = { kind: 'polled', data: { machine: 'release', action: 'wait' } };
const look = {
  machine: 'release' as const,
  observation: { now: atMinute(1), targets: {} },
  votes: [],
};

const first = appended(undefined, record(), happening(launched));
const times = { ...first.record.times, ended: momentAfter(2) };
const second = appended(first.record, { ...first.record, look }, happening(polled, 1));
const last = appended(
  second.record,
  { ...second.record, phase: 'Ended', end: 'Promoted', times },
  happening(ended, 2),
);

vi.mock('../../../account/account.ts', () => ({
  openAccount: async () => ({ place: 'account 111122223333, us-east-1' }),
}));
vi.mock('../../../account/records.ts', () => ({
  recordsOf: () => ({
    read: async () => last.record,
    bases: async () => [],
    facts: async () => [...first.lines, ...second.lines, ...last.lines].map(({ line }) => line),
  }),
}));

const said = captureOutput();

afterEach(() => {
  process.exitCode = undefined;
});

const replay = (...options: readonly string[]) =>
  replayVerb().parseAsync(['r-1', ...options], { from: 'user' });

const SENTENCE = /The release had ended by then, at 02:00 \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)/;

describe('tandem replay --at', () => {
  it('says that the release had ended by a moment after its end, and when', async () => {
    await replay('--at', '30:00');

    expect(said.out.replaceAll(/\s+/g, ' ')).toMatch(SENTENCE);
    expect(said.out).toContain('Promoted');
  });

  it('says so on standard error where a program reads the document', async () => {
    await replay('--at', '30:00', '--json');

    expect(JSON.parse(said.out)).toMatchObject({ end: 'Promoted' });
    expect(said.err).toMatch(SENTENCE);
  });

  it('says nothing of an end that came later', async () => {
    await replay('--at', '01:00');

    expect(said.out + said.err).not.toContain('had ended');
    expect(said.out).not.toContain('Promoted');
  });
});

describe('tandem replay --json', () => {
  it('has the members that docs/operations.md names, and no others', async () => {
    const [, after = ''] = pageAt('docs/operations.md').text.split(
      '\n### Members of replay --json\n',
    );
    const [document, decision] = after
      .split('\n### ')[0]!
      .split('\nOf each decision:\n')
      .map((text) =>
        rowsOf(text).flatMap(([first = '']) =>
          [...first.matchAll(/`(\w+)`/g)].map(([, member]) => member),
        ),
      );

    await replay('--json');
    const shown = JSON.parse(said.out);

    expect(Object.keys(shown).sort()).toEqual(document?.toSorted());
    expect(shown.decisions).toHaveLength(1);
    expect(Object.keys(shown.decisions[0]).sort()).toEqual(decision?.toSorted());
  });
});

/** What `tandem replay --at` shows of a release that is over. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { replayVerb } from '../../../cli/verbs/replay.ts';
import { appended } from '../../../core/facts/append.ts';
import type { Happened } from '../../../core/facts/kinds.ts';
import { happening } from '../../core/facts/happening.ts';
import { momentAfter, record } from '../../core/fixture.ts';

const launched: Happened = { kind: 'launched', data: { target: 'web', deployment: 'd-1' } };
const ended: Happened = { kind: 'ended', data: { end: 'Promoted', title: 'Promoted' } };

const first = appended(undefined, record(), happening(launched));
const times = { ...first.record.times, ended: momentAfter(2) };
const last = appended(
  first.record,
  { ...first.record, phase: 'Ended', end: 'Promoted', times },
  happening(ended, 2),
);

vi.mock('../../../account/account.ts', () => ({
  openAccount: async () => ({ place: 'account 111122223333, us-east-1' }),
}));
vi.mock('../../../account/records.ts', () => ({
  recordsOf: () => ({
    read: async () => last.record,
    facts: async () => [...first.lines, ...last.lines].map(({ line }) => line),
  }),
}));

let printed = '';
let complained = '';

beforeEach(() => {
  printed = '';
  complained = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += text;
    return true;
  });
});

afterEach(() => void vi.restoreAllMocks());

const replay = (...options: readonly string[]) =>
  replayVerb().parseAsync(['r-1', ...options], { from: 'user' });

const SENTENCE = /The release had ended by then, at 02:00 \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)/;

describe('tandem replay --at', () => {
  it('says that the release had ended by a moment after its end, and when', async () => {
    await replay('--at', '30:00');

    expect(printed.replaceAll(/\s+/g, ' ')).toMatch(SENTENCE);
    expect(printed).toContain('Promoted');
  });

  it('says so on standard error where a program reads the document', async () => {
    await replay('--at', '30:00', '--json');

    expect(JSON.parse(printed)).toMatchObject({ end: 'Promoted' });
    expect(complained).toMatch(SENTENCE);
  });

  it('says nothing of an end that came later', async () => {
    await replay('--at', '01:00');

    expect(printed + complained).not.toContain('had ended');
    expect(printed).not.toContain('Promoted');
  });
});

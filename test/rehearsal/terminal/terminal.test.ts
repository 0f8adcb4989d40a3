import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { terminalOn } from '../../../rehearsal/terminal/terminal.ts';
import { cut, folded, labelled } from '../../../rehearsal/terminal/wrap.ts';

/** A terminal on a stream that keeps what is written. */
const written = (stream: object) => {
  const chunks: string[] = [];
  const kept = { ...stream, write: (chunk: string) => chunks.push(chunk) };
  return { terminal: terminalOn(kept as never), text: () => chunks.join('') };
};

const ESCAPE = '\u001b';
const [UP, REST_OF_LINE, REST_OF_SCREEN] = ['A', `${ESCAPE}[K`, `${ESCAPE}[0J`];
const PIECE = new RegExp(`${ESCAPE}\\[\\d*[AKJ]|\\n|[^${ESCAPE}\\n]+`, 'g');

/** What a person sees on a screen after all that was written: cursor up, erase to the end of line and of screen. */
const screen = (text: string): readonly string[] => {
  const rows = [''];
  let row = 0;
  for (const piece of text.match(PIECE) ?? []) {
    if (piece === '\n') {
      row += 1;
      rows[row] ??= '';
    } else if (piece === REST_OF_SCREEN) rows.splice(row, rows.length, '');
    else if (piece.startsWith(ESCAPE) && piece.endsWith(UP)) row -= Number(piece.slice(2, -1));
    else if (piece !== REST_OF_LINE) rows[row] = piece;
  }
  return rows.slice(0, -1);
};

describe('a terminal', () => {
  // In CI nothing is redrawn.
  beforeEach(() => void vi.stubEnv('CI', ''));
  afterEach(() => void vi.unstubAllEnvs());

  it('keeps its live lines below everything else, and replaces them', () => {
    const { terminal, text } = written({ isTTY: true, columns: 80 });

    terminal.line('first');
    terminal.live(['web 0 %', 'api 0 %']);
    terminal.line('second');
    terminal.live(['web 10 %']);
    terminal.line('third');

    expect(screen(text())).toEqual(['first', 'second', 'third', 'web 10 %']);
  });

  it('has room for as many characters as fit on a line, and for all of them where it is none', () => {
    expect(written({ isTTY: true, columns: 80 }).terminal.room).toBe(79);
    expect(written({}).terminal.room).toBe(Number.POSITIVE_INFINITY);
  });

  it('leaves nothing of its live lines when there are none any more', () => {
    const { terminal, text } = written({ isTTY: true, columns: 80 });

    terminal.live(['web 0 %', 'api 0 %']);
    terminal.live([]);
    terminal.line('done');

    expect(screen(text())).toEqual(['done']);
  });

  it('cuts live lines to its width, so that none takes two rows', () => {
    const { terminal, text } = written({ isTTY: true, columns: 10 });

    terminal.live(['0123456789abc', '\u001b[32m0123456789abc\u001b[39m']);

    expect(text()).toContain('012345678\u001b[K\n\u001b[32m012345678\u001b[39m\u001b[K\n');
  });

  it('shows plain lines only where there is no terminal', () => {
    const { terminal, text } = written({});

    terminal.live(['web 0 %']);
    terminal.line('first');

    expect(text()).toBe('first\n');
    expect(terminal.width).toBe(100);
  });
});

describe('text', () => {
  it('is folded between words', () => {
    expect(folded('one two  three', 7)).toEqual(['one two', 'three']);
    expect(folded('a-word-that-is-longer is', 5)).toEqual(['a-word-that-is-longer', 'is']);
  });

  it('is folded under itself behind a label', () => {
    expect(labelled('\u001b[90mend\u001b[39m  ', 'one two three', 12)).toEqual([
      '\u001b[90mend\u001b[39m  one two',
      '     three',
    ]);
  });

  it('keeps its styles when it is cut', () => {
    expect(cut('\u001b[1mbold\u001b[22m text', 3)).toBe('\u001b[1mbol\u001b[22m');
  });
});

import { describe, expect, it } from 'vitest';
import { reason } from '../../../core/release/reason.ts';
import { runTexts } from '../../../core/way-back/manual-commands.ts';

describe('runTexts', () => {
  const stuck = (target: string, run: string[]) =>
    reason('take-back-failed', 'stuck', { target, run });

  it('gives the commands of each target a paragraph', () => {
    expect(runTexts([reason('alarm-red', 'red'), stuck('web', ['a', 'b'])], 1000)).toEqual([
      'For web run, line by line:\na\nb',
    ]);
  });

  it('says what <id> stands for where a line has it', () => {
    expect(runTexts([stuck('web', ['a', 'b <id>'])], 1000)[0]).toContain(
      '<id> is what the command before has printed',
    );
  });

  it('cuts no command: what finds no room is read elsewhere', () => {
    const [first, second] = runTexts([stuck('web', ['a'.repeat(900)]), stuck('api', ['b'])], 200);

    expect(first).toBe('For web run what npx tandem get shows.');
    expect(second).toBe('For api run, line by line:\nb');
  });
});

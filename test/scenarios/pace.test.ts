import { describe, expect, it } from 'vitest';
import { speedWith } from '../../rehearsal/pace.ts';

describe('the pace of a rehearsal', () => {
  it('is the wanted one on a machine with nothing else to do', () => {
    expect(speedWith(2, 36)).toBe(36);
    expect(speedWith(64, 36)).toBe(36);
  });

  it('is slower the fewer cores are idle, but never so slow that nobody would wait', () => {
    expect(speedWith(0.6, 36)).toBe(18);
    expect(speedWith(0, 36)).toBe(10);
  });

  it('is never faster than what was wanted', () => {
    expect(speedWith(0, 4)).toBe(4);
  });
});

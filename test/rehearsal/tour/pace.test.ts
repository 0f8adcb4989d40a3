import { describe, expect, it } from 'vitest';
import { estimateText, freeCores, pacer, speedWith } from '../../../rehearsal/tour/pace.ts';
import { pageAt } from '../../docs/pages.ts';

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

  it('falls with the first busy reading, and rises only after five free seconds', () => {
    const next = pacer(36);

    expect(next(2)).toBe(36);
    expect(next(0.6)).toBe(18);
    for (let reading = 1; reading < 12; reading += 1) expect(next(2)).toBe(18);
    expect(next(2)).toBe(36);
  });
});

describe('the free cores of a machine', () => {
  it('are those that idled and those that the rehearsal used itself', () => {
    const before = { at: 1000, idle: 50_000, own: 300 };

    expect(freeCores(before, { at: 1400, idle: 50_200, own: 600 }, 2)).toBeCloseTo(1.25);
    expect(freeCores(before, { at: 1400, idle: 50_000, own: 500 }, 2)).toBeCloseTo(0.5);
  });

  it('are never more than there are', () => {
    const before = { at: 1000, idle: 0, own: 0 };

    expect(freeCores(before, { at: 1400, idle: 3000, own: 0 }, 4)).toBe(4);
  });

  it('are all of them where the system does not tell', () => {
    const before = { at: 1000, idle: 0, own: 0 };

    expect(freeCores(before, { at: 1400, idle: 0, own: 10 }, 2)).toBe(2);
  });
});

describe('the estimate of how long the tour takes', () => {
  it('is what the README shows of a run', () => {
    const [, seconds, speed] =
      /in (\d+) seconds \(release time ran (\d+) times as fast\)/.exec(pageAt('README.md').text) ??
      [];

    expect(estimateText(Number(speed))).toBe(`about ${Math.round(Number(seconds) / 60)} minutes`);
  });

  it('is longer the slower release time runs', () => {
    expect([36, 18, 10].map(estimateText)).toEqual([
      'about 2 minutes',
      'about 4 minutes',
      'about 6 minutes',
    ]);
  });
});

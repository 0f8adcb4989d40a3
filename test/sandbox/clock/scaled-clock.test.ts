import { afterEach, describe, expect, it, vi } from 'vitest';
import { scaledClock } from '../../../packages/sandbox/clock/scaled-clock.ts';

const START = Date.UTC(2030, 0, 1);

/** Real time that the test moves by hand. */
const byHand = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
afterEach(() => vi.useRealTimers());

describe('a scaled clock whose speed changes', () => {
  it('goes on from where it is, as fast as it is told', () => {
    byHand();
    const clock = scaledClock(10, START);

    vi.advanceTimersByTime(1000);
    clock.setSpeed(2);
    vi.advanceTimersByTime(1000);

    expect(clock.now() - START).toBe(12_000);
    expect(clock.speed).toBe(2);
  });

  it('fires what is due at its service time, slowed down or hurried', () => {
    byHand();
    const clock = scaledClock(10, START);
    const fired: number[] = [];
    for (const seconds of [5, 30, 40])
      clock.after(seconds * 1000, () => fired.push(clock.now() - START));

    vi.advanceTimersByTime(1000);
    clock.setSpeed(1);
    vi.advanceTimersByTime(15_000);
    expect(fired).toEqual([5000]);
    vi.advanceTimersByTime(5000);
    expect(fired).toEqual([5000, 30_000]);
    clock.setSpeed(100);
    vi.advanceTimersByTime(100);

    expect(fired).toEqual([5000, 30_000, 40_000]);
  });

  it('fires nothing that was cancelled or closed before', () => {
    byHand();
    const clock = scaledClock(10, START);
    const fired: string[] = [];
    const timer = clock.after(1000, () => fired.push('cancelled'));
    clock.after(9000, () => fired.push('closed'));

    timer.cancel();
    clock.setSpeed(20);
    vi.advanceTimersByTime(100);
    clock.close();
    clock.setSpeed(40);
    vi.advanceTimersByTime(10_000);

    expect(fired).toEqual([]);
  });

  it('tells who asks that its speed has changed, until they ask no more', () => {
    const clock = scaledClock(10, START);
    const speeds: number[] = [];
    const stop = clock.onSpeed(() => speeds.push(clock.speed));

    clock.setSpeed(5);
    stop();
    clock.setSpeed(3);

    expect(speeds).toEqual([5]);
  });

  it('refuses a speed at which time would stand or run back', () => {
    const clock = scaledClock(10, START);

    for (const speed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => clock.setSpeed(speed)).toThrow(RangeError);
      expect(() => scaledClock(speed)).toThrow(RangeError);
    }
    expect(clock.speed).toBe(10);
  });

  it.each([3_600_000, -3_600_000])(
    'neither jumps nor stops when the system clock is set by %i milliseconds',
    (jump) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
      const clock = scaledClock(10, START);
      const fired: number[] = [];
      clock.after(15_000, () => fired.push(clock.now() - START));

      vi.advanceTimersByTime(1000);
      vi.setSystemTime(Date.now() + jump);
      expect(clock.now() - START).toBe(10_000);
      clock.setSpeed(20);
      vi.advanceTimersByTime(1000);

      expect(clock.now() - START).toBe(30_000);
      expect(fired).toEqual([15_000]);
    },
  );
});

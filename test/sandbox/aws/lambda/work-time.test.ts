import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hurriedTime } from '../../../../packages/sandbox/aws/lambda/hosts/work-time.ts';

describe('work time of a function in a simulation', () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }),
  );
  afterEach(() => void vi.useRealTimers());

  const started = (hurries = true) => {
    const work = hurriedTime(() => hurries);
    const done: string[] = [];
    const timer = (name: string, milliseconds: number) =>
      work.setTimer((text: string) => void done.push(text), milliseconds, name);
    return { work, done, timer };
  };

  it('hurries through a pause in which nothing is under way', () => {
    const { work, done, timer } = started();
    const begun = work.now();
    timer('pause', 1000);

    vi.advanceTimersByTime(60);

    expect(done).toEqual(['pause']);
    expect(work.now() - begun).toBeGreaterThanOrEqual(1000);
  });

  it('is real while a call is under way', async () => {
    const { work, done, timer } = started();
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    const call = work.during(promise);
    timer('time-out', 1000);

    vi.advanceTimersByTime(990);
    const early = [...done];
    answer();
    await call;
    vi.advanceTimersByTime(15);

    expect(early).toEqual([]);
    expect(done).toEqual(['time-out']);
  });

  it('is real between calls that follow one another', async () => {
    const { work, done, timer } = started();
    timer('time-out', 1000);

    for (let calls = 0; calls < 100; calls += 1) {
      await work.during(Promise.resolve());
      vi.advanceTimersByTime(5);
    }

    expect(done).toEqual([]);
  });

  it('keeps the order of pauses and time-outs', () => {
    const { work, done, timer } = started();
    timer('long pause', 60_000);
    work.after(1000, () => void done.push('time-out'));
    const stop = work.after(500, () => void done.push('stopped'));
    timer('short pause', 100);
    stop();

    vi.advanceTimersByTime(4000);

    expect(done).toEqual(['short pause', 'time-out', 'long pause']);
  });

  it('is real where service time runs', () => {
    const { done, timer } = started(false);
    timer('pause', 1000);

    vi.advanceTimersByTime(999);
    const early = [...done];
    vi.advanceTimersByTime(1);

    expect([early, done]).toEqual([[], ['pause']]);
  });
});

import { describe, expect, it } from 'vitest';
import { unansweredOf } from '../../../core/judge/unanswered.ts';

const points = (...values: readonly number[]) =>
  new Map(values.map((value, time) => [time, value]));
const side = (requests: readonly number[], answers: readonly number[]) => ({
  requests: points(...requests),
  answered: [points(...answers)],
});
const TIMES = [0, 1, 2, 3];
const counts = (found: ReadonlyMap<number, number>) => TIMES.map((time) => found.get(time));

describe('requests that nobody answered', () => {
  it('are those of the side that hangs, once the balancer has given them up', () => {
    const found = unansweredOf(
      side([60, 60, 60, 60], [0, 0, 0, 0]),
      side([540, 540, 540, 540], [540, 540, 540, 540]),
      { counts: points(0, 60, 60, 60), shared: false },
      TIMES,
    );
    expect(counts(found.green)).toEqual([0, 60, 60, 60]);
    expect(counts(found.blue)).toEqual([0, 0, 0, 0]);
  });

  it('are none where they are only under way, however long that takes', () => {
    const found = unansweredOf(
      side([60, 60, 60, 60], [0, 0, 0, 30]),
      side([540, 540, 540, 540], [500, 540, 540, 540]),
      { counts: points(0, 0, 0, 0), shared: false },
      TIMES,
    );
    expect([...counts(found.green), ...counts(found.blue)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('are shared out as both sides have open ones, when the balancer fails for both', () => {
    const found = unansweredOf(
      side([100, 100, 100, 100], [90, 90, 90, 90]),
      side([900, 900, 900, 900], [810, 810, 810, 810]),
      { counts: points(100, 100, 100, 100), shared: false },
      TIMES,
    );
    expect(counts(found.green)).toEqual([10, 10, 10, 10]);
    expect(counts(found.blue)).toEqual([90, 90, 90, 90]);
  });

  it('count once: what is answered later, or given up later, is not new again', () => {
    const found = unansweredOf(
      side([10, 10, 0, 0], [5, 10, 5, 0]),
      side([0, 0, 0, 0], [0, 0, 0, 0]),
      { counts: points(5, 0, 0, 5), shared: false },
      TIMES,
    );
    expect(counts(found.green)).toEqual([5, 0, 0, 0]);
  });

  describe('where the balancer serves others too', () => {
    /** Time of each minute. */
    const MINUTES = [0, 1, 2, 3, 4, 5].map((minute) => minute * 60_000);
    const perMinute = (requests: number, answers: number) => ({
      requests: new Map(MINUTES.map((time) => [time, requests])),
      answered: [new Map(MINUTES.map((time) => [time, answers]))],
    });
    const ofGreen = (green: ReturnType<typeof perMinute>, failed = 100) => {
      const { green: found } = unansweredOf(
        green,
        perMinute(540, 540),
        { counts: new Map(MINUTES.map((time) => [time, failed])), shared: true },
        MINUTES,
      );
      return MINUTES.map((time) => found.get(time));
    };

    it('are those that have become more, three minutes later', () => {
      expect(ofGreen(perMinute(60, 50))).toEqual([0, 0, 0, 0, 10, 10]);
      expect(ofGreen(perMinute(60, 50), 0)).toEqual([0, 0, 0, 0, 0, 0]);
    });

    it('are not those that are under way all the time, nor those whose answers are late', () => {
      const green = perMinute(60, 60);
      green.answered[0]!.set(0, 40);
      green.answered[0]!.set(MINUTES.at(-1)!, 0);
      expect(ofGreen(green)).toEqual([0, 0, 0, 0, 0, 0]);
    });
  });
});

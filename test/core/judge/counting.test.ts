import { describe, expect, it } from 'vitest';
import { type Counted, tallied } from '../../../core/judge/counting.ts';
import type { Points } from '../../../core/judge/slow-thresholds.ts';
import { CustomMetric } from '../../../core/release/custom-metric.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');

/** Values by the minute after noon. */
const points = (values: Readonly<Record<number, number>>): Points =>
  new Map(Object.entries(values).map(([minute, value]) => [NOON + Number(minute) * MINUTE, value]));

const side = (change: Partial<Counted> = {}): Counted => ({
  requests: points({}),
  // As a balancer counts: all that is no error was answered otherwise.
  errors: [points({})],
  answered: [change.requests ?? points({})],
  answers: points({}),
  slow: [],
  custom: [],
  ...change,
});

const at = (minute: number) => NOON + minute * MINUTE;

const rows = (green: Partial<Counted>, blue: Partial<Counted>, minute: number) =>
  tallied({ green: side(green), blue: side(blue), balancer: points({}) }, [], at(minute))?.tally
    .errors.rows;

describe('what CloudWatch has counted', () => {
  it('begins with the first minute in which green had requests', () => {
    const found = tallied(
      {
        green: side({ requests: points({ 2: 10, 3: 11 }), errors: [points({ 3: 1 })] }),
        blue: side({
          requests: points({ 0: 90, 1: 90, 2: 91, 3: 92 }),
          errors: [points({ 2: 4 })],
        }),
        balancer: points({}),
      },
      [],
      at(6),
    );
    expect(found?.first).toBe(at(2));
    expect(found?.tally).toEqual({
      errors: {
        seconds: 60,
        rows: [
          [0, 10, 91, 0, 4],
          [1, 11, 92, 1, 0],
        ],
      },
    });
  });

  it('is nothing while green has had no requests', () => {
    expect(rows({}, { requests: points({ 0: 90 }) }, 10)).toBeUndefined();
    expect(
      rows({ requests: points({ 0: 0 }) }, { requests: points({ 0: 9 }) }, 10),
    ).toBeUndefined();
  });

  it('leaves a minute out that is not over, or is over for less than a quarter of one', () => {
    const requests = points({ 0: 10, 1: 10 });
    expect(rows({ requests }, { requests }, 1.2)).toBeUndefined();
    expect(rows({ requests }, { requests }, 1.25)).toHaveLength(1);
    expect(rows({ requests }, { requests }, 2)).toHaveLength(1);
    expect(rows({ requests }, { requests }, 2.25)).toHaveLength(2);
  });

  it('waits for a side that is late, and takes three minutes of silence for no requests', () => {
    const green = { requests: points({ 0: 10, 1: 10 }) };
    const blue = { requests: points({ 1: 90 }) };
    expect(rows(green, blue, 3.9)).toEqual([[0, 10, 90, 0, 0]]);
    expect(rows(green, blue, 4)).toEqual([
      [0, 10, 0, 0, 0],
      [1, 10, 90, 0, 0],
    ]);
  });

  it('waits for answers and errors that come after their requests, so that a lack of them says nothing', () => {
    const requests = points({ 0: 10 });
    const blue = { requests: points({ 0: 90 }), answered: [points({ 0: 81 })] };
    const green = { requests, answered: [points({ 0: 9 })], errors: [points({ 0: 1 })] };
    // Blue fails as often as green, but its errors have not arrived.
    expect(rows(green, blue, 3.9)).toBeUndefined();
    expect(rows(green, { ...blue, errors: [points({ 0: 9 })] }, 2)).toEqual([[0, 10, 90, 1, 9]]);
    expect(rows(green, blue, 4)).toEqual([[0, 10, 90, 1, 0]]);
  });

  it('waits for the errors of a function, which are counted as none too', () => {
    const green = { requests: points({ 0: 10 }), answered: [], errors: [points({ 0: 0 })] };
    const blue = { requests: points({ 0: 90 }), answered: [] };
    expect(rows(green, { ...blue, errors: [points({})] }, 3.9)).toBeUndefined();
    expect(rows(green, { ...blue, errors: [points({ 0: 0 })] }, 2)).toEqual([[0, 10, 90, 0, 0]]);
  });

  it('takes what was revised as it is now', () => {
    const blue = { requests: points({ 0: 90 }) };
    expect(rows({ requests: points({ 0: 4 }) }, blue, 2)).toEqual([[0, 4, 90, 0, 0]]);
    const later = { requests: points({ 0: 10 }), errors: [points({ 0: 3 })] };
    expect(rows(later, blue, 3)).toEqual([[0, 10, 90, 3, 0]]);
  });

  it('adds up all kinds of errors, and never more than there were requests', () => {
    const green = { requests: points({ 0: 10 }), errors: [points({ 0: 6 }), points({ 0: 7 })] };
    expect(rows(green, { requests: points({ 0: 90 }) }, 2)).toEqual([[0, 10, 90, 10, 0]]);
  });

  it('counts slow answers of those that were measured', () => {
    const green = side({
      requests: points({ 0: 10, 1: 10 }),
      answers: points({ 0: 9, 1: 10 }),
      slow: [points({ 0: 5, 1: 5 }), points({ 0: 1 })],
    });
    const blue = side({
      requests: points({ 0: 90, 1: 90 }),
      answers: points({ 0: 90, 1: 90 }),
      slow: [points({ 0: 45, 1: 45 }), points({ 0: 9, 1: 9 })],
    });
    expect(tallied({ green, blue, balancer: points({}) }, [], at(3))?.tally.slow?.rows).toEqual([
      [0, 9, 90, 5, 1, 45, 9],
      [1, 10, 90, 5, 0, 45, 9],
    ]);
  });

  it('takes a mark that nothing is above for none, where others are known on either side', () => {
    const read = (slow: readonly Points[], ofBlue = [points({ 0: 45 }), points({ 0: 9 })]) => ({
      green: side({ requests: points({ 0: 10 }), answers: points({ 0: 10 }), slow }),
      blue: side({
        requests: points({ 0: 90 }),
        answers: points({ 0: 90 }),
        slow: ofBlue,
      }),
      balancer: points({}),
    });
    const rowsOf = (...slow: Parameters<typeof read>) =>
      tallied(read(...slow), [], at(3))?.tally.slow?.rows;
    expect(rowsOf([points({ 0: 5 }), points({})])).toEqual([[0, 10, 90, 5, 0, 45, 9]]);
    const none = [points({}), points({})];
    // A healthy green has no answer that is slower than blue's by as much as counts.
    expect(rowsOf(none)).toEqual([[0, 10, 90, 0, 0, 45, 9]]);
    expect(rowsOf(none, none)).toEqual([]);
  });

  it('counts metrics of the pair in their own periods, whichever way is worse', () => {
    const metric = (change: object) =>
      CustomMetric.parse({
        name: 'orders',
        namespace: 'Shop',
        metric: 'Orders',
        dimensions: { Revision: '$revision' },
        worse: 'fewer',
        ...change,
      });
    const orders = { events: points({ 0: 3 }) };
    const rowsOf = (change: object) =>
      tallied(
        {
          green: side({ requests: points({ 0: 10 }), custom: [orders] }),
          blue: side({ requests: points({ 0: 90 }), custom: [{ events: points({ 0: 30 }) }] }),
          balancer: points({}),
        },
        [metric(change)],
        at(2),
      )?.tally.metrics?.orders?.rows;
    expect(rowsOf({})).toEqual([[0, 10, 90, 7, 60]]);
    expect(rowsOf({ worse: 'more' })).toEqual([[0, 10, 90, 3, 30]]);
  });
});

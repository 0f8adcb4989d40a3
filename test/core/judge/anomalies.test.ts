import { describe, expect, it } from 'vitest';
import { unusualReasons } from '../../../core/judge/anomalies.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');

/** Twelve hours of about so much until noon, the same in every run, then these values minute by minute. */
const course = (usual: number, ...then: readonly number[]) => {
  let seed = 11;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const before = Array.from(
    { length: 720 },
    (_, i) => [NOON - (720 - i) * MINUTE, usual * (0.9 + 0.2 * random())] as const,
  );
  return new Map([...before, ...then.map((value, i) => [NOON + i * MINUTE, value] as const)]);
};

const reasons = (
  what: 'requests' | 'errors' | 'latency',
  points: ReadonlyMap<number, number>,
  now = NOON + 5 * MINUTE,
) =>
  unusualReasons('web', [{ what, points }], { since: NOON, now, withinMinutes: 5 }).map(
    ({ text }) => text,
  );

describe('what is unusual about a target as a whole', () => {
  it('is nothing in a day like the hours before', () => {
    expect(reasons('requests', course(1000, 980, 1020, 1000, 1010, 990))).toEqual([]);
  });

  it('is a fall of its requests, and a rise', () => {
    expect(reasons('requests', course(1000, 1000, 300))).toEqual([
      expect.stringMatching(
        /^web: 300 requests a minute at 12:01 UTC, at least 90\d requests a minute in the hours before$/,
      ),
    ]);
    expect(reasons('requests', course(1000, 5000))[0]).toContain(
      '5,000 requests a minute at 12:00',
    );
  });

  it('is a rise of errors or of latency, and never a fall', () => {
    expect(reasons('errors', course(0.01, 0.2))[0]).toContain('20 % of requests failed at 12:00');
    expect(reasons('errors', course(0.01, 0))).toEqual([]);
    expect(reasons('latency', course(120, 600))[0]).toContain('an average of 600 ms for an answer');
    expect(reasons('latency', course(120, 1))).toEqual([]);
  });

  it('is over when it was usual for as long as the bake is', () => {
    const points = course(0.01, 0.2, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01);
    // Figures have three minutes to come, and are of a minute.
    expect(reasons('errors', points, NOON + 9 * MINUTE)).toHaveLength(1);
    expect(reasons('errors', points, NOON + 10 * MINUTE)).toEqual([]);
  });

  it('is not what was so before users could meet green', () => {
    const points = course(0.01, 0.01);
    points.set(NOON - 2 * MINUTE, 0.3);
    expect(reasons('errors', points)).toEqual([]);
  });

  it('needs an hour to know what is usual', () => {
    const young = new Map([...course(0.01, 0.2)].slice(-50));
    expect(reasons('errors', young)).toEqual([]);
  });
});

import type { Fault } from 'tandem-sandbox';
import { describe, expect, it } from 'vitest';
import { chokePoint } from '../../packages/sandbox/call.ts';
import { virtualClock } from '../../packages/sandbox/clock/virtual-clock.ts';

const MINUTE = 60_000;
const lost = new Error('the connection was lost');

/** A counter behind a choke point with one fault in its way. */
const counterWith = (
  effect: Fault['effect'],
  limits: Pick<Fault, 'skip' | 'times' | 'onHit'> = {},
) => {
  const clock = virtualClock();
  const point = chokePoint(clock, () => undefined);
  let count = 0;
  point.register({ id: 'counter', operations: { Count: () => ({ count: ++count }) } });
  const { hits } = point.inject({ name: 'fault', matches: () => true, effect, ...limits });
  const ask = () =>
    point.call({
      principal: { kind: 'owner' },
      region: 'us-east-1',
      service: 'counter',
      operation: 'Count',
      input: {},
    });
  return { ask, clock, hits, count: () => count };
};

describe('a fault at the choke point', () => {
  it('reports each call that it hits, and no call that passes', async () => {
    const seen: string[] = [];
    const { ask } = counterWith(
      { kind: 'swallow', answer: 'nothing' },
      { skip: 1, times: 2, onHit: ({ operation }) => void seen.push(operation) },
    );

    const answers = [await ask(), await ask(), await ask(), await ask()];

    expect(seen).toEqual(['Count', 'Count']);
    expect(answers).toEqual([{ count: 1 }, 'nothing', 'nothing', { count: 2 }]);
  });

  it('refuses a call, which then has no effect', async () => {
    const { ask, count } = counterWith({ kind: 'refuse', error: lost });

    await expect(ask()).rejects.toThrow(lost);

    expect(count()).toBe(0);
  });

  it('loses the response of a call that took effect', async () => {
    const { ask, count } = counterWith({ kind: 'lose-response', error: lost });

    await expect(ask()).rejects.toThrow(lost);

    expect(count()).toBe(1);
  });

  it('lets a call take effect long after its caller gave it up', async () => {
    const { ask, clock, count } = counterWith({
      kind: 'late',
      error: lost,
      milliseconds: 10 * MINUTE,
    });

    await expect(ask()).rejects.toThrow(lost);
    await clock.until(clock.sleep(9 * MINUTE));
    expect(count()).toBe(0);
    await clock.until(clock.sleep(2 * MINUTE));

    expect(count()).toBe(1);
  });

  it('swallows a call: it is answered, and nothing has happened', async () => {
    const { ask, count } = counterWith({ kind: 'swallow', answer: { count: 7 } });

    expect(await ask()).toEqual({ count: 7 });

    expect(count()).toBe(0);
  });

  it('answers a call as the same one was the last time, and lets the first one pass', async () => {
    const { ask, count } = counterWith({ kind: 'stale' }, { skip: 1, times: 1 });

    const answers = [await ask(), await ask(), await ask(), await ask()];

    expect(answers).toEqual([{ count: 1 }, { count: 2 }, { count: 2 }, { count: 3 }]);
    expect(count()).toBe(3);
  });

  it('delivers a call twice', async () => {
    const { ask, count } = counterWith({ kind: 'twice' });

    expect(await ask()).toEqual({ count: 2 });

    expect(count()).toBe(2);
  });

  it('runs what is to happen around a call, before it or after it', async () => {
    for (const [kind, seen] of [
      ['before', 0],
      ['after', 1],
    ] as const) {
      let countThen: number | undefined;
      const action = async () => {
        countThen = cloud.count();
      };
      const cloud = counterWith({ kind, action });

      expect(await cloud.ask()).toEqual({ count: 1 });

      expect(countThen).toBe(seen);
    }
  });

  it('hits as many calls as it should, after those that it lets pass', async () => {
    const { ask, hits } = counterWith({ kind: 'refuse', error: lost }, { skip: 1, times: 2 });

    const ends = await Promise.allSettled([ask(), ask(), ask(), ask()]);

    expect(ends.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(hits()).toBe(2);
  });
});

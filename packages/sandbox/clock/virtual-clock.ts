import type { Clock, Timer } from './clock.ts';

interface Due {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/**
 * Service time that jumps to the next timer as soon as nothing real is under way: a canary of an hour
 * takes milliseconds, and the order of events is the same in every run. It moves only while somebody
 * waits in `until` and no `busy` work is in flight.
 */
export const virtualClock = (start = Date.UTC(2026, 0, 5, 9)): Clock => {
  const timers: Due[] = [];
  let time = start;
  let order = 0;
  let busy = 0;
  let waiting = 0;
  let scheduled = false;
  let closed = false;

  const earlier = (a: Due, b: Due) => a.at - b.at || a.order - b.order;

  /** Two turns of the event loop let every settled promise run its continuations first. */
  const wake = () => {
    if (scheduled || closed) return;
    scheduled = true;
    setImmediate(() =>
      setImmediate(() => {
        scheduled = false;
        step();
      }),
    );
  };

  const step = () => {
    if (closed || busy > 0 || waiting === 0) return;
    const next = timers.shift();
    if (!next) return;
    time = Math.max(time, next.at);
    next.action();
    wake();
  };

  const after = (milliseconds: number, action: () => void): Timer => {
    const due: Due = { at: time + Math.max(0, milliseconds), order: order++, action };
    const place = timers.findIndex((timer) => earlier(due, timer) < 0);
    if (place < 0) timers.push(due);
    else timers.splice(place, 0, due);
    wake();
    return {
      cancel: () => {
        const index = timers.indexOf(due);
        if (index >= 0) timers.splice(index, 1);
      },
    };
  };

  return {
    now: () => time,
    speed: Number.POSITIVE_INFINITY,
    onSpeed: () => () => undefined,
    after,
    sleep: (milliseconds) => new Promise((resolve) => void after(milliseconds, resolve)),
    busy: async (work) => {
      busy += 1;
      try {
        return await work();
      } finally {
        busy -= 1;
        wake();
      }
    },
    until: async (settled) => {
      waiting += 1;
      wake();
      try {
        return await settled;
      } finally {
        waiting -= 1;
      }
    },
    close: () => {
      closed = true;
      timers.length = 0;
    },
  };
};

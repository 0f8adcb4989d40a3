import type { Clock, Timer } from './clock.ts';

/** setTimeout fires at once for delays above this many milliseconds (Node documents 2^31-1). */
const LONGEST_TIMEOUT = 2_147_483_647;

/** Service time that runs `speed` times as fast as the wall clock, from `start` (default: now). */
export const scaledClock = (speed = 1, start = Date.now()): Clock => {
  if (!(speed > 0) || !Number.isFinite(speed))
    throw new RangeError(`speed must be a positive number, not ${speed}`);
  const origin = performance.now();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const now = () => start + (performance.now() - origin) * speed;

  const after = (milliseconds: number, action: () => void): Timer => {
    const due = now() + milliseconds;
    let timeout: NodeJS.Timeout | undefined;
    const arm = () => {
      if (closed) return;
      const left = Math.max(0, (due - now()) / speed);
      timeout = setTimeout(
        () => {
          timers.delete(timeout as NodeJS.Timeout);
          if (due - now() > 1) arm();
          else action();
        },
        Math.min(left, LONGEST_TIMEOUT),
      );
      timers.add(timeout);
    };
    arm();
    return {
      cancel: () => {
        if (!timeout) return;
        clearTimeout(timeout);
        timers.delete(timeout);
      },
    };
  };

  return {
    now: () => Math.round(now()),
    speed,
    after,
    sleep: (milliseconds) => new Promise((resolve) => void after(milliseconds, resolve)),
    busy: (work) => work(),
    until: (settled) => settled,
    close: () => {
      closed = true;
      for (const timeout of timers) clearTimeout(timeout);
      timers.clear();
    },
  };
};

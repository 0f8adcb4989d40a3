import type { ScaledClock, Timer } from './clock.ts';

/** setTimeout fires at once for delays above this many milliseconds (Node documents 2^31-1). */
const LONGEST_TIMEOUT = 2_147_483_647;

const refuse = (speed: number): void => {
  if (!(speed > 0) || !Number.isFinite(speed))
    throw new RangeError(`speed must be a positive number, not ${speed}`);
};

/** Something that is due at a service time, and the real timer that waits for it. */
interface Due {
  readonly at: number;
  readonly action: () => void;
  timeout?: NodeJS.Timeout;
}

/** Service time that runs `speed` times as fast as the wall clock, from `start` (default: now). */
export const scaledClock = (initial = 1, start = Date.now()): ScaledClock => {
  refuse(initial);
  let speed = initial;
  let base = { time: start, at: performance.now() };
  const timers = new Set<Due>();
  const listeners = new Set<() => void>();
  let closed = false;

  const now = () => base.time + (performance.now() - base.at) * speed;

  const arm = (due: Due): void => {
    if (closed) return;
    clearTimeout(due.timeout);
    const left = Math.max(0, (due.at - now()) / speed);
    due.timeout = setTimeout(
      () => {
        if (due.at - now() > 1) return arm(due);
        timers.delete(due);
        due.action();
      },
      Math.min(left, LONGEST_TIMEOUT),
    );
  };

  const after = (milliseconds: number, action: () => void): Timer => {
    const due: Due = { at: now() + milliseconds, action };
    timers.add(due);
    arm(due);
    return {
      cancel: () => {
        clearTimeout(due.timeout);
        timers.delete(due);
      },
    };
  };

  return {
    now: () => Math.round(now()),
    get speed() {
      return speed;
    },
    setSpeed: (wanted) => {
      refuse(wanted);
      base = { time: now(), at: performance.now() };
      speed = wanted;
      for (const due of timers) arm(due);
      for (const listener of listeners) listener();
    },
    onSpeed: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    after,
    sleep: (milliseconds) => new Promise((resolve) => void after(milliseconds, resolve)),
    busy: (work) => work(),
    until: (settled) => settled,
    close: () => {
      closed = true;
      for (const { timeout } of timers) clearTimeout(timeout);
      timers.clear();
    },
  };
};

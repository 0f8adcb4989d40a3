/** Work time: the time that a function's own work takes, its pauses and time-outs. It is real, but need not be waited for. */

/** How an environment measures its work. */
export interface WorkTime {
  /** Milliseconds since some moment. */
  now(): number;
  /** Calls `action` after milliseconds of work time; returns what stops it. */
  after(milliseconds: number, action: () => void): () => void;
}

/** Work time as it passes on the wall. */
export const realWorkTime: WorkTime = {
  now: () => performance.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Real milliseconds between two looks whether a function only pauses. */
const LOOK = 5;

/** Milliseconds of work time that pass in a look at a function that only pauses. */
const STRIDE = 100;

/** The work time of one function, which hurries through pauses. */
export interface HurriedTime extends WorkTime {
  /** Stands for `setTimeout`; Node's own `clearTimeout` takes what it gives. */
  setTimer(action: (...values: any[]) => void, delay?: number, ...values: any[]): NodeJS.Timeout;
  /** Tells of a call that is under way until it has settled: while one is, work takes its real time. */
  during<T>(call: Promise<T>): Promise<T>;
}

/**
 * Work time that passes twenty times as fast while a function has timers and nothing else to wait for: no call is
 * under way, and none was since the last look. Its timers and its time-out keep their order, since both run on it.
 * `hurries` says whether it may; otherwise it is real.
 */
export const hurriedTime = (hurries: () => boolean): HurriedTime => {
  let underWay = 0;
  let stirred = true;
  let looked = 0;
  let ahead = 0;

  const now = () => performance.now() + ahead;

  const look = () => {
    const time = performance.now();
    if (time - looked < LOOK) return;
    looked = time;
    if (hurries() && underWay === 0 && !stirred) ahead += STRIDE;
    stirred = false;
  };

  const setTimer: HurriedTime['setTimer'] = (action, delay = 0, ...values) => {
    stirred = true;
    const due = now() + delay;
    const timer: NodeJS.Timeout = setTimeout(
      () => {
        look();
        if (now() < due) timer.refresh();
        else action(...values);
      },
      hurries() ? Math.min(delay, LOOK) : delay,
    );
    return timer;
  };

  return {
    now,
    setTimer,
    after: (milliseconds, action) => {
      const timer = setTimer(action, milliseconds);
      return () => clearTimeout(timer);
    },
    during: async (call) => {
      underWay += 1;
      try {
        return await call;
      } finally {
        underWay -= 1;
        stirred = true;
      }
    },
  };
};

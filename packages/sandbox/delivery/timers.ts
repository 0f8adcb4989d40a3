/** Timers that belong to one service, so that all of them can be ended together. */
import type { Timer } from '../clock/clock.ts';
import type { Cloud } from '../cloud.ts';

/** The timers of a service. */
export interface Timers {
  /** Runs `action` after `milliseconds` of service time. What it throws is noted, it never ends the sandbox. */
  after(milliseconds: number, action: () => unknown): Timer;
  /** Cancels every timer; later ones never fire. */
  close(): void;
}

/** An empty set of timers on the cloud's clock. */
export const timersOf = ({ clock, note }: Pick<Cloud, 'clock' | 'note'>): Timers => {
  const running = new Set<Timer>();
  let closed = false;

  const run = async (action: () => unknown) => {
    try {
      await action();
    } catch (error) {
      note(`Background work failed: ${error}`);
    }
  };

  return {
    after: (milliseconds, action) => {
      if (closed) return { cancel: () => undefined };
      const timer = clock.after(milliseconds, () => {
        running.delete(timer);
        void run(action);
      });
      running.add(timer);
      return {
        cancel: () => {
          running.delete(timer);
          timer.cancel();
        },
      };
    },
    close: () => {
      closed = true;
      for (const timer of running) timer.cancel();
      running.clear();
    },
  };
};

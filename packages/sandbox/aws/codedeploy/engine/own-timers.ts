/** A clock whose timers can all be ended at once: closing CodeDeploy ends every wait of every deployment. */
import type { Clock, Timer } from '../../../clock/clock.ts';

/** The same service time as `clock`, with timers of its own. */
export const ownTimers = (clock: Clock): Clock => {
  const timers = new Set<Timer>();

  const after = (milliseconds: number, action: () => void): Timer => {
    const timer = clock.after(milliseconds, () => {
      timers.delete(timer);
      action();
    });
    timers.add(timer);
    return {
      cancel: () => {
        timers.delete(timer);
        timer.cancel();
      },
    };
  };

  return {
    now: clock.now,
    get speed() {
      return clock.speed;
    },
    onSpeed: clock.onSpeed,
    busy: clock.busy,
    until: clock.until,
    after,
    sleep: (milliseconds) => new Promise((resolve) => void after(milliseconds, resolve)),
    close: () => {
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
};

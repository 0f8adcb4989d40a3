/** Timers of a function that shares this process: they run on the function's work time. */
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { promisify } from 'node:util';
import type { HurriedTime } from '../work-time.ts';

/**
 * Globals and modules with a function's timers. None keeps this process alive: while a function runs, its time-out
 * does, and what a function leaves behind must not.
 */
export const ownTimers = ({ setTimer }: Pick<HurriedTime, 'setTimer'>) => {
  const pause = <T>(delay?: number, value?: T, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise<T | undefined>((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimer(resolve, delay, value).unref();
      const giveUp = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  const timeout = (...parts: Parameters<typeof setTimer>) => setTimer(...parts).unref();
  const interval = (...parts: Parameters<typeof setInterval>) => setInterval(...parts).unref();
  const globals = {
    setTimeout: Object.assign(timeout, { [promisify.custom]: pause }),
    setInterval: Object.assign(interval, {
      [promisify.custom]: (setInterval as any)[promisify.custom],
    }),
  };
  return {
    globals,
    modules: {
      timers: { ...timers, ...globals },
      'timers/promises': { ...promises, setTimeout: pause },
    },
  };
};

/** Execution environments as Lambda keeps them: one invocation at a time, reused while warm, more when all are busy. */
import type { Clock, Timer } from '../../../clock/clock.ts';
import type { FunctionHost, FunctionUnit, Invocation } from './host.ts';
import { timedOut, timedOutLine } from './runtime/failure.ts';
import { realWorkTime, type WorkTime } from './work-time.ts';

/** What an environment answers to an invocation. */
export interface Answered {
  readonly payload: string;
  readonly failed: boolean;
  /** Set when the environment did not survive the invocation. */
  readonly ended?: boolean;
}

/** A place that has loaded a function and runs one invocation at a time. */
interface Environment {
  /** How its work is measured (default: as it passes on the wall). */
  readonly work?: WorkTime;
  /** Never rejects. `deadline` is in the environment's work time. */
  invoke(invocation: Invocation, deadline: number): Promise<Answered>;
  end(): Promise<void>;
}

/** A new environment, or the error (as JSON) that loading the function ended with. */
type Started = { readonly environment: Environment } | { readonly failure: string };

/** Starts an environment for a unit, for its first invocation: lines that are written while it loads are that one's. */
export type StartEnvironment = (unit: FunctionUnit, first: Invocation) => Promise<Started>;

/** Lambda's own limit on loading a function, in seconds; a longer time-out of the function extends it. */
const LONGEST_INIT = 10;

/** Calls `giveUp` with the error (as JSON) when loading takes too long in real time; returns what stops the watch. */
export const watchInit = (
  unit: FunctionUnit,
  { requestId }: Invocation,
  giveUp: (failure: string) => void,
): (() => void) => {
  const limit = Math.max(LONGEST_INIT, unit.timeout);
  const timer = setTimeout(() => giveUp(timedOut(requestId, limit)), limit * 1000);
  return () => clearTimeout(timer);
};

interface Warm {
  readonly environment: Environment;
  expiry?: Timer;
}

/**
 * A host that keeps environments per unit. One that was idle for `keepWarm` milliseconds of service time
 * is ended; `Infinity` keeps it until the host is closed.
 */
export const environmentHost = (
  clock: Clock,
  start: StartEnvironment,
  keepWarm: number,
): FunctionHost => {
  const idle = new Map<string, Warm[]>();
  const all = new Set<Environment>();
  let closed = false;

  const end = async (environment: Environment) => {
    if (all.delete(environment)) await environment.end();
  };

  const take = (unit: FunctionUnit): Environment | undefined => {
    const warm = idle.get(unit.id)?.pop();
    warm?.expiry?.cancel();
    return warm?.environment;
  };

  const giveBack = (unit: FunctionUnit, environment: Environment) => {
    const warm: Warm = { environment };
    const places = idle.get(unit.id) ?? [];
    idle.set(unit.id, places);
    places.push(warm);
    if (keepWarm === Number.POSITIVE_INFINITY) return;
    warm.expiry = clock.after(keepWarm, () => {
      places.splice(places.indexOf(warm), 1);
      if (places.length === 0) idle.delete(unit.id);
      void end(environment);
    });
  };

  /** Work time: an invocation that takes longer than the function's time-out costs it its environment. */
  const invokeIn = async (
    environment: Environment,
    unit: FunctionUnit,
    invocation: Invocation,
  ): Promise<Answered> => {
    const { work = realWorkTime } = environment;
    let stop = (): void => undefined;
    const late = new Promise<Answered>((resolve) => {
      const expire = () => {
        invocation.onLine(timedOutLine(invocation.requestId, unit.timeout, clock.now()));
        const payload = timedOut(invocation.requestId, unit.timeout);
        resolve({ payload, failed: true, ended: true });
      };
      stop = work.after(unit.timeout * 1000, expire);
    });
    const deadline = work.now() + unit.timeout * 1000;
    const answered = await Promise.race([environment.invoke(invocation, deadline), late]);
    stop();
    return answered;
  };

  return {
    invoke: async (unit, invocation) => {
      if (closed) throw new Error('the host of the functions is closed');
      let environment = take(unit);
      let initDuration: number | undefined;
      if (!environment) {
        const begun = performance.now();
        const started = await start(unit, invocation);
        initDuration = performance.now() - begun;
        if ('failure' in started)
          return { payload: started.failure, failed: true, duration: 0, initDuration };
        environment = started.environment;
        all.add(environment);
      }
      const { work = realWorkTime } = environment;
      const begun = work.now();
      const { payload, failed, ended } = await invokeIn(environment, unit, invocation);
      const duration = work.now() - begun;
      if (ended || closed) await end(environment);
      else giveBack(unit, environment);
      return { payload, failed, duration, ...(initDuration !== undefined && { initDuration }) };
    },
    close: async () => {
      closed = true;
      for (const warm of [...idle.values()].flat()) warm.expiry?.cancel();
      idle.clear();
      await Promise.all([...all].map(end));
    },
  };
};

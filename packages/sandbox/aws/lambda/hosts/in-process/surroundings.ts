/** What a function that shares this process sees instead of the process's own globals and modules. */
import { Console } from 'node:console';
import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { Ask } from '../../../../front/objects.ts';
import type { Answer } from '../../../../http.ts';
import { functionOutput } from '../runtime/output.ts';
import { serviceDate } from '../runtime/service-date.ts';
import { type HurriedTime, hurriedTime, type WorkTime } from '../work-time.ts';
import { answeredRequest } from './answered-request.ts';
import { type Claim, claimedFetch } from './claimed-fetch.ts';
import { ownTimers } from './own-timers.ts';

/** The host name of AWS's endpoint for functions in this process; no such host exists (RFC 6761). */
export const AWS_HOST = 'aws.invalid';

/** The simulation that a loaded function belongs to at the moment. */
export interface Binding {
  /** Service time in milliseconds. */
  readonly now: () => number;
  /** Whether the function's pauses may pass faster than on the wall. */
  readonly hurries: boolean;
  readonly answer: Answer;
  /** Answers calls that need not be written; undefined: all are. */
  readonly ask: Ask | undefined;
  /** Answers requests to other hosts that the simulation claims. */
  readonly serve?: Claim | undefined;
  readonly requestId: () => string | undefined;
  readonly emit: (line: string) => void;
  /** The code asked for the end of its process. */
  readonly exit: (code: number) => void;
}

/** Globals and built-in modules of one loaded function, and the simulation that stands behind them. */
export interface Surroundings {
  readonly env: Record<string, string>;
  readonly globals: Readonly<Record<string, unknown>>;
  readonly modules: Readonly<Record<string, object>>;
  /** How the function's work is measured. */
  readonly work: WorkTime;
  /** Stands for `setTimeout`: the timer runs on the function's work time. */
  readonly setTimer: HurriedTime['setTimer'];
  /** Answers the function's calls to AWS. */
  readonly answer: Answer;
  /** The same for those that need not be written. */
  readonly ask: Ask;
  bind(binding: Binding): void;
}

const isAws = (host: string): boolean => host.endsWith(AWS_HOST) || host.endsWith('.amazonaws.com');

/** Like `process.env`: whatever is written becomes a string. */
const variables = (values: Readonly<Record<string, string>>): Record<string, string> =>
  new Proxy({ ...values } as Record<string, string>, {
    set: (target, key, value) => Reflect.set(target, key, String(value)),
  });

/** An object with the members of `original`, of which some are replaced; what is written stays on it. */
const shadowOf = (original: object, members: object): any => {
  const own: any = { ...members };
  return new Proxy(original, {
    get: (target, key) => {
      if (Object.hasOwn(own, key)) return own[key];
      const value = Reflect.get(target, key);
      return typeof value === 'function' && !value.prototype ? value.bind(target) : value;
    },
    set: (_target, key, value) => Reflect.set(own, key, value),
    has: (target, key) => Object.hasOwn(own, key) || Reflect.has(target, key),
  });
};

/** Listeners on `process` would outlive the function: they go to an emitter that nobody fires. */
const ownEvents = () => {
  const events = new EventEmitter();
  const methods = [
    'on',
    'once',
    'off',
    'addListener',
    'removeListener',
    'removeAllListeners',
  ] as const;
  return Object.fromEntries(methods.map((name) => [name, (events[name] as any).bind(events)]));
};

/** Makes the surroundings of one function; nothing works in them before they are bound. */
export const surroundings = (values: Readonly<Record<string, string>>): Surroundings => {
  let binding: Binding;
  const env = variables(values);
  const now = () => binding.now();
  const output = functionOutput(
    now,
    () => binding.requestId(),
    (line) => binding.emit(line),
  );
  const work = hurriedTime(() => binding.hurries);
  const timers = ownTimers(work);
  const claim: Claim = (url, serverName) => {
    const answer = isAws(url.hostname) ? binding.answer : binding.serve?.(url, serverName);
    return answer && ((request) => work.during(answer(request)));
  };

  const ownProcess = shadowOf(process, {
    ...ownEvents(),
    env,
    stdout: output.stdout,
    stderr: output.stderr,
    exit: (code = 0) => {
      binding.exit(Number(code));
      throw new Error(`process.exit(${code})`);
    },
  });
  const claimed = claimedFetch(claim);
  const fetch: typeof globalThis.fetch = (...parts) => work.during(claimed(...parts));
  const globals: Record<string, unknown> = {
    process: ownProcess,
    Date: serviceDate(now),
    console: output.console,
    fetch,
    ...timers.globals,
  };
  const ownGlobal = shadowOf(globalThis, globals);
  globals.globalThis = ownGlobal;
  globals.global = ownGlobal;

  const replaced = (module: typeof http | typeof https, protocol: 'http:' | 'https:') => {
    const real = (...parts: Parameters<typeof http.request>) => {
      const sent = module.request(...parts);
      void work.during(new Promise((resolve) => sent.once('close', resolve)));
      return sent;
    };
    const request = answeredRequest(real, protocol, claim);
    const get = (...parts: unknown[]) => request(...parts).end();
    return { ...module, request, get };
  };
  return {
    env,
    globals,
    work,
    setTimer: timers.globals.setTimeout,
    answer: (request) => work.during(binding.answer(request)),
    ask: async (asked) => binding.ask && work.during(binding.ask(asked)),
    modules: {
      http: replaced(http, 'http:'),
      https: replaced(https, 'https:'),
      ...timers.modules,
      process: ownProcess,
      console: { ...output.console, Console },
    },
    bind: (to) => {
      binding = to;
    },
  };
};

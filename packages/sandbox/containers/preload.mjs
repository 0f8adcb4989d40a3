// Loaded by Node before the application of a container: gives it the network and the time of its task.
// The settings are in this module's own address, so the application's environment stays as it was asked for.
import { fstatSync, readFileSync } from 'node:fs';
import { Server, Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { killFamily } from './family.mjs';

const settings = new URL(import.meta.url).searchParams;
const number = (name) => Number(settings.get(name));

/** Port inside the container, and the port of this machine that stands for it. */
const inside = number('inside');
const outside = number('outside');

/** Every port is bound on 127.0.0.1 only; one that isn't the task's port gets any free one. */
const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  const [first, second] = args;
  const callback = args.find((arg) => typeof arg === 'function');
  const options = typeof first === 'object' && first !== null ? first : { port: first };
  const isPort = options.port !== undefined && options.port !== null && options.port !== '';
  const isPath = typeof first === 'string' && !/^\d+$/.test(first);
  if (isPath || (!isPort && typeof first === 'object' && first !== null))
    return listen.apply(this, args);

  const backlog = typeof second === 'number' ? second : options.backlog;
  const port = Number(options.port) === inside ? outside : 0;
  return listen.call(
    this,
    { ...options, port, host: '127.0.0.1', ipv6Only: false, backlog },
    callback,
  );
};

/** A process that calls its own container finds it. */
const local = new Set([undefined, '', 'localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const normalized = Array.isArray(args[0]);
  const [first, second] = normalized ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    if (Number(first.port) !== inside || !local.has(first.host)) return connect.apply(this, args);
    const options = { ...first, host: '127.0.0.1', port: outside };
    return normalized
      ? connect.call(this, Object.assign(args[0], { 0: options }))
      : connect.call(this, options, ...args.slice(1));
  }
  const host = typeof second === 'string' ? second : undefined;
  if (Number(first) !== inside || !local.has(host)) return connect.apply(this, args);
  return connect.call(
    this,
    { host: '127.0.0.1', port: outside },
    args.find((arg) => typeof arg === 'function'),
  );
};

/** Real milliseconds between two readings of the file with the time: its speed seldom changes. */
const REREAD = 50;

/** Milliseconds of the machine's monotonic clock: it does not jump when the system clock is set. */
const { hrtime } = process;
const machine = () => Number(hrtime.bigint()) / 1e6;

/** `Date` shows service time, as the sandbox has it in a file: `base` at the machine's moment `origin`, then `speed` times as fast. Timers stay real. */
const RealDate = Date;
let time = { base: 0, origin: 0, speed: 1 };
let read = Number.NEGATIVE_INFINITY;
const now = () => {
  if (performance.now() - read > REREAD) {
    read = performance.now();
    try {
      time = JSON.parse(readFileSync(settings.get('time'), 'utf8'));
    } catch {
      // The sandbox is ending: time goes on as it did.
    }
  }
  return Math.round(time.base + (machine() - time.origin) * time.speed);
};

const ServiceDate = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(
      target,
      args.length > 0 ? args : [now()],
      newTarget === ServiceDate ? target : newTarget,
    ),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
RealDate.prototype.constructor = ServiceDate;
globalThis.Date = ServiceDate;

/** Descriptor 3 ends when the sandbox does, however it ends: then this container's processes end too. */
const isSocket = (descriptor) => {
  try {
    return fstatSync(descriptor).isSocket();
  } catch {
    return false;
  }
};
if (isMainThread && isSocket(3)) {
  const sandbox = new Socket({ fd: 3, readable: true, writable: false });
  sandbox.on('error', () => undefined);
  sandbox.on('close', () => {
    killFamily([], import.meta.url);
    process.kill(0, 'SIGKILL');
  });
  sandbox.resume();
  sandbox.unref();
}

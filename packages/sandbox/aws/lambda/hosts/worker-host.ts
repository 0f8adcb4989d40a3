/** Runs every execution environment in a worker thread of its own, with the function's memory limit. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../../clock/clock.ts';
import {
  type Answered,
  environmentHost,
  type StartEnvironment,
  watchInit,
} from './environments.ts';
import type { FunctionHost, FunctionUnit, Invocation } from './host.ts';
import { exited, outOfMemory } from './runtime/failure.ts';
import { definedVariables, environmentVariables } from './variables.ts';
import type { ServiceTime, WorkerCall, WorkerReport, WorkerTask } from './worker-messages.ts';

/** The worker's source has the extension of this file: `.ts` in the repository, `.js` where it was built. */
const ENTRY = new URL(import.meta.url.replace(/[^/]*(\.\w+)$/, 'worker-main$1'));

/** Node keeps compiled code here, so that only the first worker pays for parsing a bundle (saves about 40 ms). */
const COMPILE_CACHE = join(tmpdir(), 'node-compile-cache');

/** Service milliseconds without an invocation after which an environment is ended (AWS names no figure). */
const KEEP_WARM = 10 * 60_000;

const MEGABYTE = 1024 * 1024;

/** Real milliseconds between two readings of the memory of a function that runs. */
const MEMORY_READING = 100;

/**
 * Calls `kill` when a worker holds more bytes than it may, while it runs: Node bounds its heap, but not the buffers
 * outside of it. Returns what stops the watch.
 */
const watchMemory = (worker: Worker, limit: number, kill: () => void): (() => void) => {
  const read = async () => {
    const { used_heap_size: heap, external_memory: outside } = await worker.getHeapStatistics();
    if (heap + outside > limit) kill();
  };
  // A worker that has just ended has nothing to read.
  const timer = setInterval(() => void read().catch(() => undefined), MEMORY_READING);
  return () => clearInterval(timer);
};

/** What the environment of a function is made of, apart from its code. */
export interface WorkerHostSettings {
  readonly clock: Clock;
  /** URL of the HTTP front, e.g. `http://127.0.0.1:4566`; asked when an environment starts. */
  readonly endpoint: string | (() => string);
  /** File of the authority whose certificates functions trust, beside those that Node does. */
  readonly authority?: string;
}

/** A host with real isolation, real memory limits and real parallelism: for sandboxes in scaled time. */
export const workerHost = ({ clock, endpoint, authority }: WorkerHostSettings): FunctionHost => {
  const time = (): ServiceTime => ({ now: clock.now(), speed: clock.speed });

  const spawn = async (unit: FunctionUnit): Promise<Worker> => {
    const url = typeof endpoint === 'string' ? endpoint : endpoint();
    const keys = await unit.keys();
    const task: WorkerTask = { folder: unit.folder, handler: unit.handler, time: time() };
    return new Worker(ENTRY, {
      env: {
        ...(authority && { NODE_EXTRA_CA_CERTS: authority }),
        ...definedVariables(unit, url),
        ...environmentVariables(unit, keys),
        NODE_COMPILE_CACHE: COMPILE_CACHE,
      },
      resourceLimits: { maxOldGenerationSizeMb: unit.memory },
      workerData: task,
      execArgv: [],
      stdout: true,
      stderr: true,
    });
  };

  const start: StartEnvironment = async (unit, initial) => {
    const worker = await spawn(unit);
    let current = initial;
    let settle: (answered: Answered | 'ready') => void = () => undefined;
    const next = () =>
      new Promise<Answered | 'ready'>((resolve) => {
        settle = resolve;
      });
    const broken = (payload: string): void => settle({ payload, failed: true, ended: true });
    const limit = unit.memory * MEGABYTE;
    const kill = (): void => broken(outOfMemory(current.requestId));

    for (const stream of [worker.stdout, worker.stderr])
      stream.on('data', (chunk) => current.onLine(String(chunk).trimEnd()));
    worker.on('message', (report: WorkerReport) => {
      if (report.kind === 'line') current.onLine(report.line);
      else if (report.kind === 'ready') settle('ready');
      else if (report.kind === 'broken') broken(report.payload);
      else if (report.held > limit) kill();
      else settle({ payload: report.payload, failed: report.failed });
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      broken(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? outOfMemory(current.requestId)
          : exited(current.requestId, 1),
      ),
    );
    worker.on('exit', (code) => broken(exited(current.requestId, code)));

    const stopWatch = watchInit(unit, initial, broken);
    const loaded = await next();
    stopWatch();
    if (loaded !== 'ready') {
      await worker.terminate();
      return { failure: loaded.payload };
    }

    const invoke = async (invocation: Invocation, deadline: number): Promise<Answered> => {
      current = invocation;
      const { requestId, functionArn, payload } = invocation;
      const remaining = deadline - performance.now();
      const call: WorkerCall = { requestId, functionArn, payload, remaining, time: time() };
      const answered = next();
      const stopMemoryWatch = watchMemory(worker, limit, kill);
      worker.postMessage(call);
      try {
        return (await answered) as Answered;
      } finally {
        stopMemoryWatch();
      }
    };
    return { environment: { invoke, end: async () => void (await worker.terminate()) } };
  };

  return environmentHost(clock, start, KEEP_WARM);
};

/** Runs inside a worker thread: one execution environment of one function. */
import { parentPort, workerData } from 'node:worker_threads';
import { trustFile } from './runtime/extra-certificates.ts';
import { thrown, unhandledRejection } from './runtime/failure.ts';
import { loadHandler } from './runtime/handler.ts';
import { callHandler } from './runtime/invoke.ts';
import { functionOutput } from './runtime/output.ts';
import { serviceDate } from './runtime/service-date.ts';
import type { ServiceTime, WorkerCall, WorkerReport, WorkerTask } from './worker-messages.ts';

const port = parentPort;
if (!port) throw new Error('this file runs only as a worker');
const task = workerData as WorkerTask;
const report = (message: WorkerReport) => port.postMessage(message);

/** Where service time stood on this thread's own clock when it was last told; at infinite speed it stands still. */
let base = { time: task.time, at: performance.now() };
const rebase = (time: ServiceTime) => {
  base = { time, at: performance.now() };
};
const now = () => {
  const { time, at } = base;
  const passed = Number.isFinite(time.speed) ? (performance.now() - at) * time.speed : 0;
  return Math.floor(time.now + passed);
};

let requestId: string | undefined;
const output = functionOutput(
  now,
  () => requestId,
  (line) => report({ kind: 'line', line }),
);

const breakDown = (payload: string) => {
  report({ kind: 'broken', payload });
  process.exit(1);
};

delete process.env.NODE_COMPILE_CACHE;
globalThis.Date = serviceDate(now);
globalThis.console = output.console;
process.stdout.write = output.stdout.write.bind(output.stdout) as typeof process.stdout.write;
process.stderr.write = output.stderr.write.bind(output.stderr) as typeof process.stderr.write;
process.on('uncaughtException', (error) => breakDown(thrown(error, task.folder)));
process.on('unhandledRejection', (reason) => breakDown(unhandledRejection(reason)));

try {
  trustFile(process.env.NODE_EXTRA_CA_CERTS);
  const handler = await loadHandler(task.folder, task.handler, (url) => import(url));
  port.on('message', async (call: WorkerCall) => {
    rebase(call.time);
    requestId = call.requestId;
    const deadline = performance.now() + call.remaining;
    const remaining = () => deadline - performance.now();
    const answered = await callHandler(handler, { ...call, remaining }, process.env);
    const { heapUsed, external } = process.memoryUsage();
    report({ kind: 'done', ...answered, held: heapUsed + external });
  });
  report({ kind: 'ready' });
} catch (error) {
  breakDown(thrown(error, task.folder));
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock/clock.ts';
import type { Container, ContainerHost, ContainerRequest } from '../containers.ts';
import { killFamily } from './family.mjs';
import { connects, freePorts } from './free-port.ts';
import { timeFile } from './time-file.ts';

/** Exit code of a process as a container engine gives it: 128 + signal for one that a signal has ended. */
const exitCode = (code: number | null, signal: NodeJS.Signals | null): number =>
  code ?? 128 + (signal ? constants.signals[signal] : 0);

const CLOSED = 'the host of the containers is closed';

/**
 * Waits until a port takes connections, for 10 s at most. The start of a process is work time: in scaled
 * service time it would look a hundred times slower than it is, and health checks would end it.
 */
const accepts = async (port: number): Promise<void> => {
  const end = performance.now() + 10_000;
  while (performance.now() < end && !(await connects(port))) await sleep(20);
};

export interface ProcessContainersOptions {
  readonly clock: Clock;
  /** Folder for what the processes read of the sandbox. */
  readonly folder: string;
  /** File of the authority whose certificates they trust, beside those that Node does. */
  readonly authority?: string;
}

/** Containers that are processes of this machine, bound to 127.0.0.1, with service time in their `Date`. */
export const processContainers = ({
  clock,
  folder,
  authority,
}: ProcessContainersOptions): ContainerHost => {
  if (!Number.isFinite(clock.speed)) {
    throw new RangeError('processes run in real time: a virtual clock needs modelled containers');
  }
  const time = timeFile(clock, folder);
  const freePort = freePorts();
  const running = new Set<ChildProcess>();
  let closed = false;
  /** In the environment of every process of ours: the file is this host's alone. */
  const mark = `${new URLSearchParams({ time })}`;
  const killAll = () =>
    killFamily(
      [...running].flatMap(({ pid }) => pid ?? []),
      mark,
    );
  process.once('exit', killAll);

  const preload = (inside: number, outside: number): string => {
    const url = new URL('./preload.mjs', import.meta.url);
    const settings = { inside, outside, time };
    for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, `${value}`);
    return url.href;
  };

  /** Nothing of this machine's environment, above all no `AWS_…`; HOME is the image, so no `~/.aws` either. */
  const environment = ({ environment, folder, port }: ContainerRequest, outside: number) => ({
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    ...(process.env.TMPDIR && { TMPDIR: process.env.TMPDIR }),
    ...(authority && { NODE_EXTRA_CA_CERTS: authority }),
    ...environment,
    // In the environment, because `sh -c` and `npm start` hand it on to the Node that they start.
    NODE_OPTIONS: `${environment.NODE_OPTIONS ?? ''} --import=${preload(port, outside)}`.trim(),
  });

  const start = async (request: ContainerRequest): Promise<Container> => {
    if (closed) throw new Error(CLOSED);
    const [program, ...args] = request.command;
    if (!program) throw new Error(`image ${request.image} has no command`);
    if (!request.folder) throw new Error(`image ${request.image} has no files on this machine`);

    const port = await freePort();
    const child = spawn(program === 'node' ? process.execPath : program, args, {
      cwd: request.folder,
      env: environment(request, port),
      // Descriptor 3 tells the process that the sandbox has gone; see preload.mjs.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    await once(child, 'spawn');

    // A container has no process left when its first one has ended, or when it must.
    const killContainer = () => killFamily([child.pid!], preload(request.port, port));
    if (closed) {
      killContainer();
      throw new Error(CLOSED);
    }
    running.add(child);
    child.on('error', () => undefined);
    child.stdio[3]?.on('error', () => undefined);
    const exited = once(child, 'exit').then(([code, signal]) => {
      killContainer();
      running.delete(child);
      return exitCode(code, signal);
    });
    for (const output of [child.stdout, child.stderr]) {
      if (output) createInterface({ input: output }).on('line', request.onOutput);
    }

    if (request.port > 0) await Promise.race([exited, accepts(port)]);

    const stop = async (graceSeconds: number) => {
      if (!running.has(child)) return;
      child.kill('SIGTERM');
      const patience = setTimeout(killContainer, graceSeconds * 1000);
      await exited;
      clearTimeout(patience);
    };
    return { address: { host: '127.0.0.1', port }, exited, stop };
  };

  const close = async () => {
    closed = true;
    process.off('exit', killAll);
    const ending = [...running];
    const ended = ending.map((child) => once(child, 'exit'));
    killAll();
    await Promise.all(ended);
    // A process that hides from us may hold them open: we need not wait for it.
    for (const { stdio } of ending) for (const stream of stdio) stream?.destroy();
  };

  return { start, close };
};

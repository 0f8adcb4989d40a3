/** Knows what a sandbox for people and their clients serves: the storefront, whole and healthy before anybody gets in. */
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenerPort, openStage, type Stage } from '../stage/stage.ts';
import { layOutVersions } from '../stage/versions.ts';

/** Real seconds that version 1 has for its first healthy answers. */
const PATIENCE = 15;

export interface ServeOptions {
  /** Port for AWS clients; 0 means a free one. */
  readonly port: number;
  /** Service seconds in a real second. */
  readonly speed: number;
  /** Folder of the synthesized templates. */
  readonly assembly: string;
  /** Told what is being deployed, for people who wait. */
  readonly progress: (text: string) => void;
}

/** A sandbox that clients can reach. */
export interface Served {
  readonly stage: Stage;
  /** URL for AWS clients. */
  readonly url: string;
  /** The production listener, the test listener, and the URL of the function. */
  readonly web: URL;
  readonly test: URL;
  readonly api: URL;
  close(): Promise<void>;
}

/** Rejects with an Error that names the port if it is taken. */
export const refuseTakenPort = (port: number): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const probe = createServer();
  probe.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'EADDRINUSE'
        ? new Error(
            `Port ${port} on 127.0.0.1 is taken by another program: choose another one with --port`,
          )
        : error,
    ),
  );
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  return promise;
};

/** Waits until a URL answers 200; the Error otherwise says what it answered last. */
const healthy = async (url: URL): Promise<void> => {
  const end = performance.now() + PATIENCE * 1000;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
      async (response) => `${response.status} ${await response.text()}`,
      (error: Error) => error.message,
    );
    if (answer.startsWith('200 ')) return;
    if (performance.now() > end) throw new Error(`${url.href} is not healthy: ${answer}`);
    await sleep(100);
  }
};

/**
 * Opens a sandbox with the storefront. Its port opens last, so that a client that gets a connection finds
 * everything in place: whoever waits for the sandbox only has to try to connect.
 */
export const serve = async (options: ServeOptions): Promise<Served> => {
  const { port, speed, assembly, progress } = options;
  const stage = await openStage({ setting: { kind: 'rehearsal', speed }, assembly, progress });
  try {
    const { web, api, sandbox } = stage;
    progress('laying out the versions of the samples');
    await layOutVersions();
    progress('waiting for the first healthy answers of version 1');
    const asked = [new URL('/health', web), new URL('/api/data', web), new URL('/health', api)];
    await Promise.all(asked.map(healthy));
    const test = new URL(`http://127.0.0.1:${await listenerPort(sandbox, 'testListener')}/`);
    const url = await sandbox.open(port);
    return { stage, url, web, test, api, close: () => stage.close() };
  } catch (error) {
    await stage.close();
    throw error;
  }
};

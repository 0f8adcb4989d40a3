import { connect, createServer } from 'node:net';

/**
 * Below the ports that Linux (from 32768) and macOS (from 49152) give to outgoing connections, so that
 * no connection takes a port between its choice and the start of the process that it was chosen for.
 */
const first = 20_000;
const count = 12_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Gives a port of 127.0.0.1 that nobody listens on, never the same twice within `count` calls. */
export const freePorts = (): (() => Promise<number>) => {
  // Each process starts elsewhere: two sandboxes on one machine hardly ever try the same port.
  let next = (process.pid * 97) % count;
  return async () => {
    for (let tried = 0; tried < count; tried += 1) {
      const port = first + next;
      next = (next + 1) % count;
      if (await isFree(port)) return port;
    }
    throw new Error(`no free port between ${first} and ${first + count}`);
  };
};

/** Whether somebody takes connections on a port of 127.0.0.1 now. */
export const connects = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { Forward } from './forward.ts';
import type { Listener } from './state.ts';

/** The open socket of a listener. */
export interface ListenerServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Clients keep their connections as long as on AWS, so that none is closed under a request. */
const keepAliveMilliseconds = 60_000;

const proxy = async (
  listener: Listener,
  forward: Forward,
  request: IncomingMessage,
  response: ServerResponse,
) => {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const reply = await forward(
    listener,
    {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      body: request,
      signal: gone.signal,
    },
    request.socket.remoteAddress ?? '127.0.0.1',
  );
  if (reply.body instanceof Uint8Array) {
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
    return;
  }
  // An answer that breaks off takes the client's connection with it: half an answer must not look whole.
  if (!response.destroyed) response.writeHead(reply.status, reply.headers);
  pipeline(reply.body, response, () => undefined);
};

/** Opens a free port of 127.0.0.1 for the listener that `listener` gives once it is made. */
export const openListener = async (
  listener: () => Listener,
  forward: Forward,
): Promise<ListenerServer> => {
  const server = createServer((request, response) => {
    void proxy(listener(), forward, request, response);
  });
  server.keepAliveTimeout = keepAliveMilliseconds;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

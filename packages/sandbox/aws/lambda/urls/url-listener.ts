/** A real HTTP listener in front of one answer. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest, HttpResponse } from '../../../http.ts';

/** A listener on 127.0.0.1. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const read = async (incoming: IncomingMessage): Promise<HttpRequest> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks),
  };
};

/** Listens on a free port; a request that cannot be read or answered gets a 502. */
export const listenOnFreePort = async (
  answer: (port: number, request: HttpRequest) => Promise<HttpResponse>,
): Promise<Listener> => {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const { status, headers, body } = await answer(port, await read(incoming));
      outgoing.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
    } catch {
      outgoing.writeHead(502).end();
    }
  });
  // A client that keeps its connection must not meet a server that has just closed it.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

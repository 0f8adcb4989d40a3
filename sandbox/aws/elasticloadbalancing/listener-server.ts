import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { createSecureContext } from 'node:tls';
import type { Authority } from '../../tls/authority.ts';
import type { Forward } from './forward.ts';
import { certificateFor } from './handshake.ts';
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

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Who signs the certificates of a listener, and the names of its default one. */
export interface Tls {
  readonly authority: Authority;
  readonly names: readonly string[];
}

/** A server that shows each client the certificate for the name that it asks for, else the default one. */
const tlsServer = async (
  listener: () => Listener,
  { authority, names }: Tls,
  answer: Answer,
): Promise<Server> => {
  const contextFor = async (serverName: string) =>
    createSecureContext(
      await authority.certify(certificateFor(listener(), serverName)?.names ?? names),
    );
  return createTlsServer(
    {
      ...(await authority.certify(names)),
      SNICallback: (serverName, done) => {
        contextFor(serverName).then((context) => done(null, context), done);
      },
    },
    answer,
  );
};

/** Opens a free port of 127.0.0.1 for the listener that `listener` gives once it is made; with `tls` it speaks TLS. */
export const openListener = async (
  listener: () => Listener,
  forward: Forward,
  tls: Tls | undefined,
): Promise<ListenerServer> => {
  const answer: Answer = (request, response) => {
    // What a target answers may be nothing that can be passed on: that is its fault, and ends nobody else's request.
    proxy(listener(), forward, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(502);
      response.end();
    });
  };
  const server = tls ? await tlsServer(listener, tls, answer) : createServer(answer);
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

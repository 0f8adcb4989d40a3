import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
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

/** Gives the client's connection and the target's to each other; where one ends, both do, once what was said has arrived. */
const join = (
  client: Socket,
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  target: Duplex,
) => {
  response.writeHead(101, headers);
  response.flushHeaders();
  response.detachSocket(client);
  pipeline(client, target, () => target.destroy());
  pipeline(target, client, () => client.destroy());
};

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
  const upgrade = upgradeOf(request);
  const reply = await forward(
    listener,
    {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      body: request,
      signal: gone.signal,
      ...(upgrade && { upgrade }),
    },
    request.socket.remoteAddress ?? '127.0.0.1',
  );
  if (reply.upgraded) {
    join(request.socket, response, reply.headers, reply.upgraded);
    return;
  }
  if (reply.body instanceof Uint8Array) {
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
    return;
  }
  // An answer that breaks off takes the client's connection with it: half an answer must not look whole.
  if (!response.destroyed) response.writeHead(reply.status, reply.headers);
  pipeline(reply.body, response, () => undefined);
};

/** The protocol that a client asks to go on with; undefined: it asks for none. */
const upgradeOf = ({ method, headers: { connection = '', upgrade } }: IncomingMessage) =>
  method === 'GET' && /(^|,)\s*upgrade\s*(,|$)/i.test(connection) ? upgrade : undefined;

const options = {
  shouldUpgradeCallback: (request: IncomingMessage): boolean => upgradeOf(request) !== undefined,
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
      ...options,
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
  const server = tls ? await tlsServer(listener, tls, answer) : createServer(options, answer);
  // Node takes the connection of such a request out of its hands: it gets a response of its own, and ends with it.
  const upgraded = new Set<Socket>();
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    socket.on('error', () => undefined);
    if (head.length > 0) socket.unshift(head);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.end());
    answer(request, response);
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
        for (const socket of upgraded) socket.destroy();
      }),
  };
};

/** Knows sockets: it puts an Answer behind a port of this machine. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, HttpResponse } from '../http.ts';
import { encoded, LARGEST_REQUEST } from './bytes.ts';

/** A port that answers. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts every connection, answered or not. */
  close(): Promise<void>;
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );

const tooLarge: HttpResponse = {
  status: 413,
  headers: {
    'content-type': 'application/json',
    'x-amzn-errortype': 'RequestEntityTooLargeException',
    connection: 'close',
  },
  body: encoded(
    JSON.stringify({ message: `Request must be smaller than ${LARGEST_REQUEST} bytes` }),
  ),
};

/** The body; undefined: it is too large, and was read without being kept. */
const bodyOf = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= LARGEST_REQUEST) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= LARGEST_REQUEST ? Buffer.concat(chunks) : undefined;
};

const serve = async (
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await bodyOf(request);
  const { method = 'GET', url = '/' } = request;
  const answered = body
    ? await answer({ method, url, headers: headersOf(request), body })
    : tooLarge;
  response.writeHead(answered.status, {
    ...answered.headers,
    'content-length': answered.body.byteLength,
  });
  response.end(answered.body);
};

/** Listens on 127.0.0.1; port 0 means a free one. Rejects with an Error that names the port if it is taken. */
export const listen = (answer: Answer, port: number): Promise<Listening> => {
  const { promise, resolve, reject } = Promise.withResolvers<Listening>();
  const server = createServer((request, response) => {
    // Only a client that has gone away ends here: an Answer does not reject.
    serve(answer, request, response).catch(() => response.destroy());
  });
  // A client that keeps its connection must not meet a server that has just closed it.
  server.keepAliveTimeout = 0;

  const close = () => {
    const closed = Promise.withResolvers<void>();
    server.close(() => closed.resolve());
    server.closeAllConnections();
    return closed.promise;
  };

  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'EADDRINUSE'
        ? new Error(`Port ${port} on 127.0.0.1 is taken by another program: choose another port`)
        : error,
    ),
  );
  server.listen(port, '127.0.0.1', () => {
    const taken = (server.address() as AddressInfo).port;
    resolve({ url: `http://127.0.0.1:${taken}`, port: taken, close });
  });
  return promise;
};

import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { type Duplex, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Container } from '../../containers.ts';
import type { Target } from './state.ts';

/** A request on its way to a target. */
export interface Outbound {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable | Uint8Array;
  /** Aborts when the client has gone. */
  readonly signal?: AbortSignal;
  /** The protocol that the client wants to go on with, e.g. `websocket`. */
  readonly upgrade?: string;
}

/** What a target answered, or the status of the balancer in its place: 502 broken, 504 too slow. */
export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: OutgoingHttpHeaders;
      readonly body: Readable | Uint8Array;
      /** Seconds until the head of the answer: real ones, or the model's. */
      readonly seconds: number;
    }
  | {
      /** The target goes on with the protocol that the client wants. */
      readonly kind: 'upgrade';
      readonly headers: OutgoingHttpHeaders;
      readonly socket: Duplex;
    }
  | {
      readonly kind: 'failure';
      readonly status: 502 | 504;
      /** No connection to the target came about, so it never saw the request. */
      readonly unreached: boolean;
    };

/** Header fields that belong to one connection (RFC 9110, section 7.6.1). */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

const forwarded = <T>(headers: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name)));

/**
 * How long after the request a reset still counts as "the target had closed the idle connection before the
 * request arrived": one round trip on this machine. Later it is a request that broke, and AWS repeats none.
 */
const crossing = 5;

/** Whether a status ends an exchange (RFC 9110, section 15): anything else is no answer. */
const isFinal = (status: number): boolean => status >= 200 && status <= 599;

const isUnreached = ({ syscall }: NodeJS.ErrnoException) => syscall === 'connect';

const isReset = ({ code }: NodeJS.ErrnoException) => code === 'ECONNRESET' || code === 'EPIPE';

/** Sends a request over a kept-alive connection and gives the answer's head as soon as it is there. */
export const overSocket = (
  target: Target,
  outbound: Outbound,
  idleSeconds: number,
): Promise<Exchange> =>
  new Promise((resolve) => {
    const { method, url, headers, body, signal, upgrade } = outbound;
    const hasBody =
      body instanceof Readable
        ? 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0
        : body.length > 0;
    const began = performance.now();

    const send = (mayRepeat: boolean) => {
      const sent = performance.now();
      let idle = false;
      const upstream = request({
        host: target.id,
        port: target.port,
        method,
        path: url,
        headers: {
          ...(forwarded(headers) as OutgoingHttpHeaders),
          ...(upgrade && { connection: 'Upgrade', upgrade }),
        },
        // A connection that may leave HTTP is not kept for other requests.
        agent: upgrade ? false : target.agent,
        ...(signal && { signal }),
      });
      upstream.setTimeout(idleSeconds * 1000, () => {
        idle = true;
        upstream.destroy(new Error('idle'));
      });
      upstream.once('response', (response) => {
        const { statusCode = 0 } = response;
        if (!isFinal(statusCode)) {
          response.destroy();
          resolve({ kind: 'failure', status: 502, unreached: false });
          return;
        }
        resolve({
          kind: 'answer',
          status: statusCode,
          headers: forwarded(response.headers),
          body: response,
          seconds: (performance.now() - began) / 1000,
        });
      });
      upstream.once('upgrade', (response, socket, head) => {
        if (upgrade) {
          socket.setTimeout(idleSeconds * 1000, () => socket.destroy());
          if (head.length > 0) socket.unshift(head);
          const protocol = response.headers.upgrade ?? upgrade;
          const agreed = { connection: 'Upgrade', upgrade: protocol };
          resolve({
            kind: 'upgrade',
            headers: { ...forwarded(response.headers), ...agreed },
            socket,
          });
          return;
        }
        // No upgrade was asked for: what follows on this connection is no HTTP.
        socket.destroy();
        resolve({ kind: 'failure', status: 502, unreached: false });
      });
      upstream.on('error', (error) => {
        const crossed = isReset(error) && performance.now() - sent < crossing;
        if (mayRepeat && !hasBody && upstream.reusedSocket && crossed) send(false);
        else resolve({ kind: 'failure', status: idle ? 504 : 502, unreached: isUnreached(error) });
      });
      if (!hasBody) upstream.end();
      else if (body instanceof Readable) {
        body.once('error', () => upstream.destroy());
        body.pipe(upstream);
      } else upstream.end(body);
    };
    send(true);
  });

/** Has a modelled container answer; its time is what the model says and takes none. */
export const overModel = async (
  respond: NonNullable<Container['respond']>,
  { method, url, headers, body }: Outbound,
): Promise<Exchange> => {
  try {
    const bytes = body instanceof Readable ? await buffer(body) : body;
    const answer = await respond({
      method,
      path: url,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, `${value ?? ''}`]),
      ),
      body: new TextDecoder().decode(bytes),
    });
    const content = new TextEncoder().encode(answer.body);
    return {
      kind: 'answer',
      status: answer.status,
      headers: { ...answer.headers, 'content-length': `${content.length}` },
      body: content,
      seconds: (answer.milliseconds ?? 0) / 1000,
    };
  } catch {
    return { kind: 'failure', status: 502, unreached: false };
  }
};

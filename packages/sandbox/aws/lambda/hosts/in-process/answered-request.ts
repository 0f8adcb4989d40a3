/** `http.request` without a socket: requests that are claimed are answered in this process. */
import { EventEmitter } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { Readable, Writable } from 'node:stream';
import type { Answer, HttpResponse } from '../../../../http.ts';
import type { Claim } from './claimed-fetch.ts';

interface Options {
  readonly method?: string;
  readonly host?: string;
  readonly hostname?: string;
  readonly port?: number | string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly servername?: string;
}

/** Node takes (url, options?, callback?) and (options, callback?). */
const parsed = (
  parts: readonly any[],
): { options: Options; callback?: (response: any) => void } => {
  const callback = parts.find((part) => typeof part === 'function');
  const [first, second] = parts;
  if (typeof first !== 'string' && !(first instanceof URL)) return { options: first, callback };
  const url = new URL(first);
  const { hostname, port } = url;
  const options = { hostname, port, path: `${url.pathname}${url.search}` };
  return { options: typeof second === 'object' ? { ...options, ...second } : options, callback };
};

const lowerCase = (headers: Options['headers'] = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

/** As much of a socket as clients touch: it is connected, and no time-out of it ever fires. */
const connectedSocket = () => {
  const socket: any = new EventEmitter();
  const same = () => socket;
  const methods = ['setKeepAlive', 'setTimeout', 'setNoDelay', 'ref', 'unref', 'destroy'];
  for (const method of methods) socket[method] = same;
  return Object.assign(socket, { connecting: false });
};

const responseOf = ({ status, headers, body }: HttpResponse, socket: object) => {
  const response = new Readable({
    read() {
      if (body.length > 0) this.push(body);
      this.push(null);
    },
  });
  return Object.assign(response, {
    statusCode: status,
    statusMessage: STATUS_CODES[status] ?? '',
    httpVersion: '1.1',
    headers: lowerCase(headers),
    rawHeaders: Object.entries(headers).flat(),
    trailers: {},
    complete: true,
    socket,
    setTimeout: () => response,
  });
};

/** The client's end of one request: a stream for the body that emits `response`. */
const clientRequest = (options: Options, answer: Answer) => {
  const { method = 'GET', path = '/' } = options;
  const headers = lowerCase(options.headers);
  headers.host ??= options.hostname ?? options.host ?? '';
  const chunks: Uint8Array[] = [];
  const socket = connectedSocket();

  const send = async () => {
    const body = Buffer.concat(chunks);
    const answered = await answer({ method: method.toUpperCase(), url: path, headers, body });
    if (request.destroyed) return;
    const response = responseOf(answered, socket);
    response.once('close', () => request.destroy());
    if (!request.emit('response', response)) response.resume();
  };
  const request: any = new Writable({
    autoDestroy: false,
    write: (chunk, encoding, done) => {
      chunks.push(Buffer.from(chunk, encoding));
      done();
    },
    final: (done) => {
      done();
      send().catch((error) => request.destroy(error));
    },
  });
  const same = () => request;
  return Object.assign(request, {
    method,
    path,
    socket,
    getHeader: (name: string) => headers[name.toLowerCase()],
    getHeaders: () => ({ ...headers }),
    hasHeader: (name: string) => Object.hasOwn(headers, name.toLowerCase()),
    setHeader: (name: string, value: unknown) => {
      headers[name.toLowerCase()] = String(value);
      return request;
    },
    removeHeader: (name: string) => void delete headers[name.toLowerCase()],
    flushHeaders: () => undefined,
    setTimeout: same,
    setNoDelay: same,
    setSocketKeepAlive: same,
    abort: () => request.destroy(),
  });
};

/** Where a request goes: what Node takes from its options. */
const urlOf = (
  protocol: string,
  { hostname, host = 'localhost', port, path = '/' }: Options,
): URL =>
  new URL(path, `${protocol}//${hostname ?? host.replace(/:\d+$/, '')}${port ? `:${port}` : ''}`);

/** A `request` function whose requests `claim` answers; what it does not claim goes to `real`. */
export const answeredRequest =
  (real: (...parts: any[]) => any, protocol: 'http:' | 'https:', claim: Claim) =>
  (...parts: unknown[]): any => {
    const { options, callback } = parsed(parts);
    const answer = claim(urlOf(protocol, options), options.servername);
    if (!answer) return real(...parts);
    const request = clientRequest(options, answer);
    if (callback) request.once('response', callback);
    return request;
  };

import '../environment.ts';

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get } from '../../../handlers/probe/http.ts';

const pem = (name: string) => readFileSync(join(import.meta.dirname, 'certificates', name));

let server: Server;
let secure: Server;
let base = '';
let secureBase = '';
const asked: string[] = [];
const hosts: (string | undefined)[] = [];

beforeAll(async () => {
  const application: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    hosts.push(request.headers.host);
    if (request.url === '/long') response.end('x'.repeat(3 * 1024 * 1024));
    else if (request.url === '/away') response.writeHead(302, { location: '/other' }).end();
    else response.end('fine');
  };
  server = createServer(application).listen(0, '127.0.0.1');
  // As a balancer does: its certificate is for the name of the users, its address is another one.
  secure = createSecureServer({ key: pem('shop.key'), cert: pem('shop.pem') }, application);
  secure.listen(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(secure, 'listening')]);
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  secureBase = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  setDefaultCACertificates([...getCACertificates('bundled'), pem('ca.pem').toString()]);
});

afterAll(() => {
  server.close();
  secure.close();
  setDefaultCACertificates(getCACertificates('bundled'));
});

describe('a probe', () => {
  it('asks the application, and follows no redirect', async () => {
    expect(await get({ origin: base }, '/data?of=web')).toEqual({ status: 200, body: 'fine' });
    expect(await get({ origin: base }, '/away')).toMatchObject({ status: 302 });
    expect(asked).toEqual(['/data?of=web', '/away']);
  });

  it.each([
    '@127.0.0.1:1/latest/meta-data',
    '//127.0.0.1:1/latest/meta-data',
    '/\\127.0.0.1:1/latest/meta-data',
    'http://127.0.0.1:1/',
    '.example.com/',
    '',
  ])('is led to no other host by %s', async (path) => {
    expect(await get({ origin: base }, path)).toEqual({
      error: 'this is no path on the application: it must begin with one slash',
    });
  });

  it('reads the beginning of an answer that does not end', async () => {
    const answered = await get({ origin: base }, '/long');

    expect('body' in answered && answered.body.length).toBe(256 * 1024);
  });

  it('asks for the host that users use, wherever it connects to', async () => {
    await get({ origin: base, host: 'shop.example.com' }, '/');
    expect(hosts.at(-1)).toBe('shop.example.com');

    const answered = await get({ origin: secureBase, host: 'shop.example.com' }, '/');
    expect(answered).toEqual({ status: 200, body: 'fine' });
    expect(hosts.at(-1)).toBe('shop.example.com');
  });

  it.each([undefined, 'office.example.com'])(
    'meets nobody whose certificate is for another name than %s',
    async (host) => {
      const before = asked.length;
      expect(await get({ origin: secureBase, host }, '/')).toEqual({
        error: expect.stringContaining("does not match certificate's altnames"),
        unreached: true,
      });
      expect(asked).toHaveLength(before);
    },
  );

  it('tells of a network error as of an answer', async () => {
    expect(await get({ origin: 'http://127.0.0.1:1' }, '/')).toMatchObject({ unreached: true });
  });
});

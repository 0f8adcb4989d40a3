import '../environment.ts';

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get } from '../../../handlers/probe/http.ts';

let server: Server;
let base = '';
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/long') response.end('x'.repeat(3 * 1024 * 1024));
    else if (request.url === '/away') response.writeHead(302, { location: '/other' }).end();
    else response.end('fine');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

describe('a probe', () => {
  it('asks the application, and follows no redirect', async () => {
    expect(await get(base, '/data?of=web')).toEqual({ status: 200, body: 'fine' });
    expect(await get(base, '/away')).toMatchObject({ status: 302 });
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
    expect(await get(base, path)).toEqual({
      error: 'this is no path on the application: it must begin with one slash',
    });
  });

  it('reads the beginning of an answer that does not end', async () => {
    const answered = await get(base, '/long');

    expect('body' in answered && answered.body.length).toBe(256 * 1024);
  });

  it('tells of a network error as of an answer', async () => {
    expect(await get('http://127.0.0.1:1', '/')).toMatchObject({ unreached: true });
  });
});

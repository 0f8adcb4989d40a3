import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeVersion, overlaysOf } from './variant.ts';
import { noteWaits } from './waits.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const listening = async (server: Server) => {
  if (!server.listening) await once(server, 'listening');
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const goodAnswer = { version: '1.0.0', items: [{ name: 'bell', price: 12.5 }] };

/** Serves one version in this process; the API is a function of the test. */
const serve = async (
  version: string,
  api: () => Promise<unknown> = async () => goodAnswer,
  log: (line: string) => void = () => undefined,
) => {
  const { folder, remove } = makeVersion('web-app', version);
  closers.push(remove);
  const { createApp } = await import(join(folder, 'app.js'));
  const base = await listening(createApp({ api, log }).listen(0, '127.0.0.1'));
  return (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });
};

/** Runs one version as a container would. */
const run = (version: string, environment: Record<string, string> = {}) => {
  const { folder, remove } = makeVersion('web-app', version);
  closers.push(remove);
  const child = spawn(process.execPath, ['server.js'], {
    cwd: folder,
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  closers.push(() => child.kill('SIGKILL'));
  return child;
};

const portOf = async (child: ChildProcess): Promise<number> => {
  const [line] = await once(child.stdout!, 'data');
  return JSON.parse(String(line)).port;
};

describe('the web service', () => {
  it('says its own version on every path', async () => {
    const get = await serve('2.0.0');

    for (const path of ['/', '/health', '/ready', '/metrics', '/contract', '/api/data', '/error'])
      expect((await get(path)).headers.get('x-version')).toBe('2.0.0');
    expect(await (await get('/')).text()).toContain('<strong>2.0.0</strong>');
  });

  it('gives back the id of a request', async () => {
    const get = await serve('1.0.0');

    const answer = await get('/', { 'x-request-id': 'r-17' });

    expect(answer.headers.get('x-request-id')).toBe('r-17');
  });

  it('says what it answered to a request with an id, and nothing of others', async () => {
    const lines: string[] = [];
    const get = await serve('1.0.0', undefined, (line) => lines.push(line));

    await get('/');
    await get('/', { 'x-request-id': 'r-18' });
    await get('/error', { 'x-request-id': 'r-19' });

    await vi.waitFor(() => expect(lines).toHaveLength(2));
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { message: 'answered', requestId: 'r-18', version: '1.0.0', status: 200 },
      { message: 'answered', requestId: 'r-19', version: '1.0.0', status: 500 },
    ]);
  });

  it('answers data with both versions', async () => {
    const get = await serve('1.0.0');

    expect(await (await get('/api/data')).json()).toEqual({
      web: '1.0.0',
      api: '1.0.0',
      items: [{ name: 'bell', price: 12.5 }],
    });
  });

  it('answers 500 when the API fails', async () => {
    const get = await serve('1.0.0', () => Promise.reject(new Error('the API failed')));

    expect((await get('/api/data')).status).toBe(500);
  });

  it('counts its answers', async () => {
    const get = await serve('1.0.0');
    await get('/');
    await get('/error');

    const text = await (await get('/metrics')).text();

    expect(text).toContain('storefront_requests_total{version="1.0.0",path="/",status="200"} 1');
    expect(text).toContain('path="/error",status="500"} 1');
  });

  it('lists what it asks of the API', async () => {
    const get = await serve('1.0.0');

    expect(await (await get('/contract')).json()).toMatchObject({
      calls: 'api',
      cases: [
        { request: { path: '/api/lambda-data' }, answer: { required: ['version', 'items'] } },
      ],
    });
  });

  it('invokes the function by its alias', async () => {
    const asked: string[] = [];
    const endpoint = await listening(
      createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`);
        response.end(JSON.stringify({ statusCode: 200, body: JSON.stringify(goodAnswer) }));
      }).listen(0, '127.0.0.1'),
    );
    const child = run('1.0.0', {
      API_FUNCTION: 'storefront-api:live',
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    });

    const answer = await fetch(`http://127.0.0.1:${await portOf(child)}/api/data`);

    expect(await answer.json()).toMatchObject({ web: '1.0.0', api: '1.0.0' });
    expect(asked).toEqual(['POST /2015-03-31/functions/storefront-api%3Alive/invocations']);
  });

  it('finishes the requests it has when it is told to end', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = () => {};
    const inFlight = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const endpoint = await listening(
      createServer(async (_, response) => {
        arrived();
        await held;
        response.end(JSON.stringify({ statusCode: 200, body: JSON.stringify(goodAnswer) }));
      }).listen(0, '127.0.0.1'),
    );
    const child = run('1.0.0', {
      API_FUNCTION: 'storefront-api:live',
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    });
    const base = `http://127.0.0.1:${await portOf(child)}`;
    const answer = fetch(`${base}/api/data`);
    await inFlight;
    const exited = once(child, 'exit');

    child.kill('SIGTERM');
    await once(child.stdout!, 'data');
    await expect(fetch(`${base}/health`, { headers: { connection: 'close' } })).rejects.toThrow();
    release();

    expect((await answer).status).toBe(200);
    expect(await exited).toEqual([0, null]);
  });
});

/** What makes a request one of a user: checks have no id. */
const USER = { 'x-request-id': 'u' };

describe('a version of the web service', () => {
  it.each(['1.0.0', ...overlaysOf('web-app')])('%s is what its package.json says', (version) => {
    const { folder, remove } = makeVersion('web-app', version);
    closers.push(remove);
    const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

    expect(read('package.json').version).toBe(version);
    expect(read('package-lock.json').packages[''].dependencies).toEqual(
      read('package.json').dependencies,
    );
  });

  it('2.1.0-errors passes its checks and fails 3 of 10 users', async () => {
    const get = await serve('2.1.0-errors');
    const statuses: number[] = [];

    for (const path of ['/health', '/ready', '/']) expect((await get(path)).status).toBe(200);
    for (let request = 0; request < 10; request += 1) statuses.push((await get('/', USER)).status);

    expect(statuses.filter((status) => status === 500)).toHaveLength(3);
    expect((await get('/health')).status).toBe(200);
  });

  it('2.1.0-slow keeps the eighth of ten users waiting for more than a second', async () => {
    const get = await serve('2.1.0-slow');
    for (let request = 0; request < 7; request += 1) await get('/');

    let answered = false;
    const eighth = get('/').then(() => {
      answered = true;
    });
    await get('/health');

    expect(answered).toBe(false);
    await eighth;
  });

  it('2.1.0-crash ends before it listens', async () => {
    const [code] = await once(run('2.1.0-crash'), 'exit');

    expect(code).toBe(1);
  });

  it('2.1.0-unready lives, but takes no traffic', async () => {
    const get = await serve('2.1.0-unready');

    expect((await get('/health')).status).toBe(200);
    expect((await get('/ready')).status).toBe(503);
  });

  /** One version after ten requests of checks: what a user gets, and how long it waits; chance gives `chance`. */
  const served = async (version: string, chance: number) => {
    const get = await serve(version);
    const { waits, restore } = noteWaits();
    closers.push(restore, () => vi.restoreAllMocks());
    for (let request = 0; request < 10; request += 1) expect((await get('/')).status).toBe(200);
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    return { status: async () => (await get('/', USER)).status, waited: () => waits.at(-1) };
  };

  it.each([
    ['2.4.0-errors-1', 0.01],
    ['2.4.0-errors-2', 0.02],
    ['2.4.0-errors-5', 0.05],
    ['2.4.0-errors-30', 0.3],
  ])('%s passes its checks and fails its share of users', async (version, share) => {
    expect(await (await served(version, share - 0.001)).status()).toBe(500);
    expect(await (await served(version, share)).status()).toBe(200);
  });

  it.each([
    ['2.3.0-steady', 30],
    ['2.3.1-steady', 30],
    ['2.4.0-slow-150', 45],
    ['2.4.0-slow-300', 90],
    ['2.4.0-slow-600', 180],
    ['2.4.0-errors-5', 30],
  ])('%s works for %i ms on average', async (version, milliseconds) => {
    const { status, waited } = await served(version, 0.5);

    expect(await status()).toBe(200);
    expect(waited()).toBe(milliseconds);
  });

  it('2.4.0-leak-errors and 2.4.0-leak-slow are at their worst when they are 15 minutes old', async () => {
    const errors = await served('2.4.0-leak-errors', 0.099);
    const slow = await served('2.4.0-leak-slow', 0.099);
    expect(await errors.status()).toBe(200);
    await slow.status();
    expect(slow.waited()).toBeCloseTo(20 * 1.099, 0);
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 16 * 60_000);

    expect(await errors.status()).toBe(500);
    await slow.status();
    expect(slow.waited()).toBeCloseTo(120 * 1.099);
  });

  it('2.4.0-route fails on one path only', async () => {
    const { folder, remove } = makeVersion('web-app', '2.4.0-route');
    closers.push(remove);
    const { createApp } = await import(join(folder, 'app.js'));
    const base = await listening(createApp({ log: () => undefined }).listen(0, '127.0.0.1'));

    expect((await fetch(`${base}/api/data`)).status).toBe(500);
    for (const path of ['/', '/ready', '/contract'])
      expect((await fetch(base + path)).status).toBe(200);
  });

  it('2.4.0-crash-loop ends whenever it has answered 60 users', async () => {
    const child = run('2.4.0-crash-loop');
    const exited = once(child, 'exit');
    const url = `http://127.0.0.1:${await portOf(child)}/`;
    const answers = await Promise.allSettled(
      Array.from({ length: 61 }, () => fetch(url, { headers: USER })),
    );

    expect(await exited).toEqual([1, null]);
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });
});

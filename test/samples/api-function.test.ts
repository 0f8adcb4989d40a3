import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { Contract } from '../../core/proof/contract.ts';
import { makeVersion, overlaysOf, type Sample } from './variant.ts';
import { noteWaits } from './waits.ts';

const removers: (() => void)[] = [];
afterEach(() => {
  for (const remove of removers.splice(0)) remove();
});

const load = (sample: Sample, version: string, file: string): Promise<any> => {
  const { folder, remove } = makeVersion(sample, version);
  removers.push(remove);
  return import(join(folder, file));
};

const handlerOf = async (version: string) =>
  (await load('api-function', version, 'index.mjs')).handler;

const bodyOf = ({ body }: { body: string }) => JSON.parse(body);

describe('the API function', () => {
  it('answers direct invocations and requests of its URL alike', async () => {
    const handler = await handlerOf('1.0.0');

    expect(await handler({ path: '/health' })).toEqual(await handler({ rawPath: '/health' }));
    expect(await handler({ path: '/health' })).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'x-version': '1.0.0' },
      body: '{"version":"1.0.0","status":"ok"}',
    });
  });

  it('says its version on every path', async () => {
    const handler = await handlerOf('2.0.0');

    for (const path of ['/', '/health', '/api/lambda-data', '/nowhere'])
      expect(bodyOf(await handler({ path })).version).toBe('2.0.0');
    expect((await handler({ path: '/nowhere' })).statusCode).toBe(404);
  });

  it('says what it answered to a request with an id, or that it failed, and nothing of others', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    removers.push(() => said.mockRestore());
    const handler = await handlerOf('2.1.0-errors');
    const request = (requestId: string) =>
      handler({ rawPath: '/', headers: { 'x-request-id': requestId } });

    for (let count = 0; count < 7; count += 1) await request(`r-${count}`);
    await expect(request('r-7')).rejects.toThrow();
    await expect(handler({ path: '/', user: 'r-8' })).rejects.toThrow();
    expect((await handler({ rawPath: '/' })).statusCode).toBe(200);

    const lines = said.mock.calls.map(([line]) => JSON.parse(line));
    const version = '2.1.0-errors';
    expect(lines).toHaveLength(8);
    expect(lines[0]).toEqual({ message: 'answered', requestId: 'r-0', version, status: 200 });
    expect(lines[7]).toEqual({
      message: 'failed',
      requestId: 'r-7',
      version,
      error: 'the stock list has a hole',
    });
  });

  it('calls nobody', async () => {
    const handler = await handlerOf('1.0.0');

    expect(bodyOf(await handler({ path: '/contract' })).cases).toEqual([]);
  });
});

describe('a version of the API function', () => {
  it('2.1.0-errors passes its checks and throws for 3 of 10 users', async () => {
    const handler = await handlerOf('2.1.0-errors');
    const request = () =>
      handler({ path: '/api/lambda-data', user: 'u' }).then(bodyOf, () => 'thrown');
    const answers: unknown[] = [];

    expect((await handler({ path: '/health' })).statusCode).toBe(200);
    for (let count = 0; count < 10; count += 1) answers.push(await request());

    expect(answers[0]).toMatchObject({ version: '2.1.0-errors' });
    expect(answers.filter((answer) => answer === 'thrown')).toHaveLength(3);
  });

  it.each([
    ['2.4.0-errors-1', 0.01],
    ['2.4.0-errors-2', 0.02],
    ['2.4.0-errors-5', 0.05],
    ['2.4.0-errors-30', 0.3],
  ])('%s passes its checks and throws for its share of users', async (version, share) => {
    const handler = await handlerOf(version);
    const check = () => handler({ path: '/api/lambda-data' });
    const request = () => handler({ path: '/api/lambda-data', user: 'u' });
    const chance = vi.spyOn(Math, 'random').mockReturnValue(share - 0.001);
    removers.push(() => chance.mockRestore());

    for (let count = 0; count < 10; count += 1) expect((await check()).statusCode).toBe(200);
    await expect(request()).rejects.toThrow('the stock list has a hole');
    chance.mockReturnValue(share);
    expect((await request()).statusCode).toBe(200);
  });

  it.each([
    ['2.3.0-steady', 30],
    ['2.3.1-steady', 30],
    ['2.4.0-slow-150', 45],
    ['2.4.0-slow-300', 90],
    ['2.4.0-slow-600', 180],
    ['2.4.0-errors-5', 30],
  ])('%s works for %i ms on average', async (version, milliseconds) => {
    const handler = await handlerOf(version);
    const { waits, restore } = noteWaits();
    const chance = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    removers.push(restore, () => chance.mockRestore());

    await handler({ path: '/api/lambda-data' });

    expect(waits.at(-1)).toBe(milliseconds);
  });

  it('2.1.0-crash cannot be loaded', async () => {
    await expect(handlerOf('2.1.0-crash')).rejects.toThrow('the stock list is missing');
  });

  it('2.1.0-unhealthy says so itself', async () => {
    const handler = await handlerOf('2.1.0-unhealthy');

    expect((await handler({ path: '/health' })).statusCode).toBe(503);
    await expect(handler({ path: '/' })).rejects.toThrow();
  });

  it('is described in the README of the samples', async () => {
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(join(import.meta.dirname, '../../samples/README.md'), 'utf8');

    for (const sample of ['web-app', 'api-function'] as const)
      for (const version of overlaysOf(sample)) expect(text).toContain(`\`${version}\``);
  });
});

describe('mixed versions', () => {
  const understands = async (web: string, api: string): Promise<boolean> => {
    const { contract } = await load('web-app', web, 'contract.js');
    const handler = await handlerOf(api);
    const answers = await Promise.all(
      Contract.parse(contract).cases.map(async ({ request, answer }) =>
        z.fromJSONSchema(answer as never).safeParse(bodyOf(await handler(request))),
      ),
    );
    return answers.every(({ success }) => success);
  };

  it.each([
    ['1.0.0', '1.0.0', true],
    ['1.0.0', '2.0.0', true],
    ['2.0.0', '1.0.0', true],
    ['2.0.0', '2.0.0', true],
    ['3.0.0', '3.0.0', true],
    ['2.0.0', '3.0.0', false],
    ['3.0.0', '1.0.0', true],
    ['1.0.0', '3.0.0', false],
  ])('web %s and api %s understand each other: %s', async (web, api, expected) => {
    expect(await understands(web, api)).toBe(expected);
  });

  it('web breaks on just what its contract names', async () => {
    const { readItems } = await load('web-app', '2.0.0', 'contract.js');
    const { items } = await load('api-function', '3.0.0', 'items.mjs');

    expect(() => readItems({ items: items() })).toThrow('cannot read');
  });

  it.each(['1.0.0', '3.0.0'])('web 3.0.0 reads the prices of api %s', async (api) => {
    const { readItems } = await load('web-app', '3.0.0', 'contract.js');
    const { items } = await load('api-function', api, 'items.mjs');

    expect(readItems({ items: items() })[0]).toEqual({
      name: 'bell',
      amount: 12.5,
      currency: 'EUR',
    });
  });
});

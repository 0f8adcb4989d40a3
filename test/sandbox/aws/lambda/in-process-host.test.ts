import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadedFunctions } from '../../../../packages/sandbox/aws/lambda/hosts/in-process/loaded-functions.ts';
import { inProcessHost } from '../../../../packages/sandbox/aws/lambda/hosts/in-process-host.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import type { Answer, HttpRequest } from '../../../../packages/sandbox/http.ts';
import { folderOf, handlerOf } from './handlers.ts';
import { run, unitOf } from './host-conformance.ts';

const text = (status: number, body: string) => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from(body),
});
const silent: Answer = async () => text(200, '');

describe('a host in this process', () => {
  it('lets a simulation answer what functions fetch', async () => {
    const asked: [string, HttpRequest][] = [];
    const host = inProcessHost({
      clock: virtualClock(),
      answer: silent,
      serve: (url) => async (request) => {
        asked.push([url.href, request]);
        return text(201, 'made');
      },
    });
    const unit = unitOf(
      folderOf(
        handlerOf(
          'const answer = await fetch("http://shop.test:8080/orders?id=1", { method: "POST", headers: { "X-Id": "5" }, body: "two" }); return [answer.status, await answer.text()];',
        ),
      ),
    );

    const { result } = await run(host, unit);

    expect(result).toEqual([201, 'made']);
    expect(asked[0]?.[0]).toBe('http://shop.test:8080/orders?id=1');
    expect(asked[0]?.[1]).toMatchObject({
      method: 'POST',
      url: '/orders?id=1',
      headers: { 'x-id': '5', host: 'shop.test:8080' },
    });
    expect(Buffer.from(asked[0]?.[1].body ?? []).toString()).toBe('two');
    await host.close();
  });

  it('lets go of its functions when it is closed: what one does later reaches nobody', async () => {
    const told: string[] = [];
    const host = inProcessHost({
      clock: virtualClock(),
      answer: silent,
      serve: (url) => async () => {
        told.push(url.pathname);
        return text(200, '');
      },
    });
    const later = 'setTimeout(() => fetch("http://shop.test/later"), 20)';
    const unit = unitOf(folderOf(handlerOf(`await fetch("http://shop.test/now"); ${later};`)));
    await run(host, unit);
    await host.close();
    await setTimeout(100);

    expect(told).toEqual(['/now']);
  });

  it('keeps what functions do to their globals out of this process', async () => {
    const host = inProcessHost({ clock: virtualClock(), answer: silent });
    const listeners = process.listenerCount('SIGTERM');
    const unit = unitOf(
      folderOf(
        handlerOf(
          'process.env.COLOUR = 1; globalThis.marked = true; process.on("SIGTERM", () => {}); return [process.env.COLOUR, globalThis.marked];',
        ),
      ),
    );

    const { result } = await run(host, unit);

    expect(result).toEqual(['1', true]);
    expect(process.env.COLOUR).toBeUndefined();
    expect(globalThis).not.toHaveProperty('marked');
    expect(process.listenerCount('SIGTERM')).toBe(listeners);
    await host.close();
  });

  it('does not stay alive for what functions leave behind', async () => {
    const host = inProcessHost({ clock: virtualClock(), answer: silent });
    const unit = unitOf(
      folderOf(
        handlerOf(
          'const { promisify } = await import("node:util"); await promisify(setTimeout)(1); return [setTimeout(() => {}, 1), setInterval(() => {}, 9e5)].map((timer) => timer.hasRef());',
        ),
      ),
    );

    expect((await run(host, unit)).result).toEqual([false, false]);
    await host.close();
  });

  it('counts the pauses of a function as its work, however it makes them', async () => {
    const host = inProcessHost({ clock: virtualClock(), answer: silent });
    const unit = unitOf(
      folderOf(
        handlerOf(
          'const { promisify } = await import("node:util"); const timers = await import("node:timers"); const { setTimeout: pause } = await import("node:timers/promises"); await new Promise((done) => setTimeout(done, 1000)); await new Promise((done) => timers.setTimeout(done, 1000)); await promisify(setTimeout)(1000); return [await pause(1000, "rested"), await pause(1000, "", { signal: AbortSignal.abort("tired") }).catch((reason) => reason)];',
        ),
      ),
    );

    const { payload, duration } = await host.invoke(unit, {
      requestId: 'request-1',
      functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout',
      payload: '{}',
      onLine: () => undefined,
    });

    expect(JSON.parse(payload)).toEqual(['rested', 'tired']);
    expect(duration).toBeGreaterThanOrEqual(4000);
    await host.close();
  });

  it('hands a loaded function on to the next simulation, with its clock, its AWS and its session', async () => {
    const functions = loadedFunctions();
    const folder = folderOf({
      'index.mjs':
        'import { request } from "node:http"; let calls = 0; const key = process.env.AWS_ACCESS_KEY_ID; const get = () => new Promise((done) => request({ host: "aws.invalid", path: "/", headers: { authorization: "AWS4-HMAC-SHA256 Credential=" + key + "/20260105/x" } }, async (response) => done((await response.toArray()).join(""))).end()); export const handler = async () => { console.log("line"); return [++calls, Date.now(), await get()]; };',
    });
    const simulate = async (start: number, accessKeyId: string) => {
      const clock = virtualClock(start);
      const answer: Answer = async ({ headers }) => text(200, headers.authorization ?? '');
      const host = inProcessHost({ clock, answer, functions });
      const keys = async () => ({ accessKeyId, secretAccessKey: 's', sessionToken: 't' });
      const { result, lines } = await run(host, unitOf(folder, { codeSha256: 'same', keys }));
      await host.close();
      return { result, lines: lines.length };
    };

    const first = await simulate(1000, 'ASIAONE');
    const second = await simulate(2000, 'ASIATWO');

    expect(first.result).toEqual([1, 1000, 'AWS4-HMAC-SHA256 Credential=ASIAONE/20260105/x']);
    expect(second.result).toEqual([2, 2000, 'AWS4-HMAC-SHA256 Credential=ASIATWO/20260105/x']);
    expect([first.lines, second.lines]).toEqual([1, 1]);
  });

  it('lends a function to one simulation at a time', async () => {
    const functions = loadedFunctions();
    const folder = folderOf({
      'index.mjs': 'let calls = 0; export const handler = async () => ++calls;',
    });
    const open = () => inProcessHost({ clock: virtualClock(), answer: silent, functions });
    const [one, other] = [open(), open()];

    const results = await Promise.all(
      [one, other].map((host) => run(host, unitOf(folder, { codeSha256: 'same' }))),
    );

    expect(results.map(({ result }) => result)).toEqual([1, 1]);
    await Promise.all([one.close(), other.close()]);
  });

  it('loads a function anew that is not to be lent again, so that it has forgotten everything', async () => {
    const functions = loadedFunctions((variables) => 'LENT' in variables);
    const folder = folderOf({
      'index.mjs': 'let calls = 0; export const handler = async () => ++calls;',
    });
    const simulate = async (environment: Record<string, string>) => {
      const host = inProcessHost({ clock: virtualClock(), answer: silent, functions });
      const { result } = await run(host, unitOf(folder, { codeSha256: 'same', environment }));
      await host.close();
      return result;
    };

    expect([await simulate({}), await simulate({})]).toEqual([1, 1]);
    expect([await simulate({ LENT: '1' }), await simulate({ LENT: '1' })]).toEqual([1, 2]);
  });
});

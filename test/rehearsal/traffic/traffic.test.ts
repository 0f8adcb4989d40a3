/** The load generator against small servers: what it counts on both ends, and what it says of them. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Answers, collectAnswers } from '../../../rehearsal/traffic/app-log.ts';
import { startTraffic } from '../../../rehearsal/traffic/traffic.ts';
import {
  describeCount,
  emptyCount,
  plus,
  type TrafficCount,
} from '../../../rehearsal/traffic/traffic-count.ts';

/** Requests in a second. */
const RATE = 400;

/** Requests that are due since now, at that rate. */
const steadily = () => {
  const began = performance.now();
  return () => ((performance.now() - began) / 1000) * RATE;
};

/** Real milliseconds that a word of an application may be late here: these servers say it at once. */
const PATIENCE = 200;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Respond = (response: ServerResponse, say: (about: object) => void) => void;

/** A server that answers as `respond` does; `say` writes an application's line about the request. */
const serve = async (respond: Respond) => {
  const answers: Answers = collectAnswers(PATIENCE);
  let arrived = 0;
  const server = createServer((request: IncomingMessage, response) => {
    arrived += 1;
    const requestId = request.headers['x-request-id'];
    respond(response, (about) =>
      answers.hear(`09:00 INFO ${JSON.stringify({ version: '1.0.0', ...about, requestId })}`),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/shop`);
  return { url, answers, arrived: () => arrived };
};

const arrivals = (server: { arrived(): number }, count: number) =>
  vi.waitFor(() => expect(server.arrived()).toBeGreaterThanOrEqual(count), 5000);

/** The count of a few dozen requests to such a server. */
const counted = async (respond: Respond): Promise<TrafficCount> => {
  const server = await serve(respond);
  const journeys = [{ application: 'web', url: server.url, weight: 1 }];
  const traffic = startTraffic(journeys, steadily(), server.answers);
  await arrivals(server, 40);
  const count = await traffic.stop();
  expect(count.requests).toBe(server.arrived());
  return count;
};

const answered = (status: number) => (response: ServerResponse, say: (about: object) => void) => {
  response.writeHead(status).end('an answer');
  say({ message: 'answered', status });
};

describe('a request', () => {
  it('is answered when an application says that it answered what the user got', async () => {
    const { requests, lost, failed, answeredBy } = await counted(answered(200));

    expect({ lost, failed }).toEqual({ lost: 0, failed: 0 });
    expect(answeredBy).toEqual({ 'web 1.0.0': requests });
  });

  it.each<[string, Respond]>([
    ['answers with an error', answered(500)],
    ['answers with the status of a balancer', answered(503)],
    [
      'throws, and a Function URL says 502 for it',
      (response, say) => {
        response.writeHead(502).end('Internal Server Error');
        say({ message: 'failed', error: 'thrown' });
      },
    ],
  ])('has failed by version when the application %s', async (_, respond) => {
    const { requests, lost, failedBy } = await counted(respond);

    expect(lost).toBe(0);
    expect(failedBy).toEqual({ 'web 1.0.0': requests });
  });

  it.each<[string, Respond, string]>([
    [
      'a balancer answers and no application',
      (response) => response.writeHead(503, { server: 'awselb/2.0' }).end('a page'),
      '503, which no application answered',
    ],
    [
      'somebody else answers it well',
      (response) => response.writeHead(200).end('a page of nobody'),
      '200, which no application answered',
    ],
    [
      'the answer of the application does not reach the user',
      (response, say) => {
        say({ message: 'answered', status: 200 });
        response.writeHead(502).end('a page');
      },
      '502, though 1.0.0 says 200',
    ],
    ['the connection is reset', (response) => response.destroy(), 'socket hang up'],
    [
      'the answer breaks off',
      (response, say) => {
        response.writeHead(200, { 'content-length': 1000 }).write('half');
        setImmediate(() => response.destroy());
        say({ message: 'answered', status: 200 });
      },
      'the response broke off',
    ],
  ])('is lost when %s', async (_, respond, why) => {
    const { requests, lost, failed, answeredBy, losses } = await counted(respond);

    expect({ lost, failed, answeredBy }).toEqual({ lost: requests, failed: 0, answeredBy: {} });
    expect(losses[0]).toBe(`web /shop: ${why}`);
  });

  it('is lost when nobody takes it', async () => {
    const server = await serve(answered(200));
    for (const close of closers.splice(0)) await close();
    const journeys = [{ application: 'web', url: server.url, weight: 1 }];
    const traffic = startTraffic(journeys, steadily(), server.answers);

    const count = await vi.waitFor(async () => {
      const part = await traffic.count();
      expect(part.requests).toBeGreaterThan(0);
      return part;
    }, 5000);
    await traffic.stop();

    expect(count.lost).toBe(count.requests);
    expect(count.losses[0]).toContain('ECONNREFUSED');
  });
});

describe('a count', () => {
  it('begins where the last one ended, and the last one has everything', async () => {
    const server = await serve(answered(200));
    const journeys = [{ application: 'web', url: server.url, weight: 1 }];
    const traffic = startTraffic(journeys, steadily(), server.answers);

    await arrivals(server, 20);
    const first = await traffic.count();
    await arrivals(server, 60);
    await vi.waitFor(() => expect(traffic.soFar().requests).toBeGreaterThan(0), 5000);
    const second = await traffic.count();
    const all = await traffic.stop();

    expect(first.requests).toBeGreaterThan(0);
    expect(second.requests).toBeGreaterThan(0);
    expect(all.requests).toBe(server.arrived());
    expect(all.requests).toBeGreaterThanOrEqual(first.requests + second.requests);
  });

  it('has the requests that were held back because too many waited', async () => {
    const waiting: (() => void)[] = [];
    const server = await serve((response, say) => {
      waiting.push(() => answered(200)(response, say));
    });
    const journeys = [{ application: 'web', url: server.url, weight: 1 }];
    const traffic = startTraffic(journeys, steadily(), server.answers);
    await arrivals(server, 32);

    // Nobody is answered, so everybody who is due from here on is held back.
    const whileTheyWait = traffic.count();
    await vi.waitFor(async () => expect((await traffic.count()).heldBack).toBeGreaterThan(0), 5000);
    const all = traffic.stop();
    for (const answer of waiting) answer();

    expect((await whileTheyWait).requests).toBe(32);
    expect(await all).toMatchObject({ requests: 32, lost: 0 });
    expect((await all).heldBack).toBeGreaterThan(0);
  });

  it('of two parts is their sum, by version as well', () => {
    const part = { ...emptyCount, requests: 2, failed: 1, failedBy: { 'web 1': 1 } };

    expect(plus(part, { ...part, lost: 1, losses: ['web /: gone'], failedBy: { api: 1 } })).toEqual(
      {
        ...emptyCount,
        requests: 4,
        failed: 2,
        lost: 1,
        failedBy: { 'web 1': 1, api: 1 },
        losses: ['web /: gone'],
      },
    );
  });
});

describe('a count in words', () => {
  const count = { ...emptyCount, requests: 30 };

  it('names who failed, and who was held back', () => {
    expect(describeCount(count)).toBe('30 requests, 0 failed, 0 lost');
    expect(
      describeCount({
        ...count,
        failed: 3,
        lost: 1,
        heldBack: 2,
        failedBy: { 'web 2': 1, 'api 3': 2 },
      }),
    ).toBe('30 requests, 3 failed (2 by api 3, 1 by web 2), 1 lost, 2 held back');
  });
});

describe('what applications say', () => {
  it.each([
    'started',
    '{"message":"started","version":"1.0.0"}',
    '{"message":"observed","requestId":"r-1"}',
    'broken {"message":"answered","requestId":',
  ])('is no answer in %s', async (line) => {
    const answers = collectAnswers(1);
    answers.hear(line);

    expect(await answers.of('r-1')).toBeUndefined();
  });

  it('is found whether it is asked for before or after it was said', async () => {
    const answers = collectAnswers(5000);
    const line = (requestId: string) =>
      JSON.stringify({ message: 'answered', requestId, version: '2.0.0', status: 200 });
    answers.hear(line('r-1'));
    const later = answers.of('r-2');
    answers.hear(line('r-2'));

    expect(await answers.of('r-1')).toEqual({ version: '2.0.0', status: 200 });
    expect(await later).toEqual({ version: '2.0.0', status: 200 });
  });
});

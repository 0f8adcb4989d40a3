import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { scaledClock } from '../../../packages/sandbox/clock/scaled-clock.ts';
import type { Stage } from '../../../rehearsal/stage/stage.ts';
import { inServiceMinute, requestsEachSecond, startUsers } from '../../../rehearsal/stage/users.ts';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A stage whose two applications answer, and say so in the logs of the sandbox. */
const staged = async () => {
  const listeners = new Set<(line: string) => void>();
  const asked: string[] = [];
  const serve = async (version: string) => {
    const server = createServer((request, response) => {
      asked.push(`${version} ${request.url}`);
      response.end();
      const requestId = request.headers['x-request-id'];
      const line = JSON.stringify({ message: 'answered', requestId, version, status: 200 });
      for (const tell of listeners) tell(line);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(
      () => server.close(),
      () => server.closeAllConnections(),
    );
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  };
  const watchLogs = (listener: (line: string) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const urls = { web: await serve('1'), api: await serve('2') };
  const stage = { ...urls, sandbox: { watchLogs, clock: scaledClock(60) } } as unknown as Stage;
  return { stage, asked, listeners };
};

it('users ask the service and the function alike, and the service now and then for the data of the function', async () => {
  const { stage, asked } = await staged();
  const users = startUsers(stage);

  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(100), 10_000);
  const { requests, lost, answeredBy } = await users.stop();

  const share = (what: string) => asked.filter((one) => one === what).length / requests;
  expect(lost).toBe(0);
  expect(answeredBy['web 1']! + answeredBy['api 2']!).toBe(requests);
  expect(share('1 /')).toBeCloseTo(0.4, 1);
  expect(share('1 /api/data')).toBeCloseTo(0.1, 1);
  expect(share('2 /api/lambda-data')).toBeCloseTo(0.5, 1);
});

it('users who have stopped listen to nobody', async () => {
  const { stage, listeners } = await staged();
  const users = startUsers(stage);

  expect(listeners.size).toBe(1);
  await users.stop();

  expect(listeners.size).toBe(0);
});

it('users of a sandbox are enough for the alarms of a canary, and not more than a laptop bears', () => {
  const smallestVolume = 10;
  const onGreen = (speed: number) => (inServiceMinute(requestsEachSecond(speed), speed) / 2) * 0.1;

  expect(onGreen(1)).toBeGreaterThan(smallestVolume);
  expect(onGreen(5)).toBeGreaterThan(smallestVolume);
  expect(requestsEachSecond(100)).toBe(40);
});

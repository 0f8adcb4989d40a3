import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Forward } from '../../../../packages/sandbox/aws/elasticloadbalancing/forward.ts';
import {
  type ListenerServer,
  openListener,
} from '../../../../packages/sandbox/aws/elasticloadbalancing/listener-server.ts';
import type { Listener } from '../../../../packages/sandbox/aws/elasticloadbalancing/state.ts';

let server: ListenerServer;

/** Answers `/odd` with what no HTTP response can carry, and fails at `/fails`. */
const forward: Forward = async (_listener, { url }) => {
  if (url === '/fails') throw new Error('nobody answers');
  const headers = url === '/odd' ? { 'x-odd': '\u0000' } : {};
  return { status: 200, headers, body: new TextEncoder().encode('well') };
};

beforeEach(async () => {
  server = await openListener(() => ({}) as Listener, forward, undefined);
});

afterEach(() => server.close());

const get = (path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { signal: AbortSignal.timeout(5000) });

describe('a listener', () => {
  it.each(['/odd', '/fails'])('answers 502 to %s, and goes on', async (path) => {
    expect((await get(path)).status).toBe(502);
    expect(await (await get('/')).text()).toBe('well');
  });
});

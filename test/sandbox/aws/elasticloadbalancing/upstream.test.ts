import { Agent } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../../packages/sandbox/aws/elasticloadbalancing/state.ts';
import { overSocket } from '../../../../packages/sandbox/aws/elasticloadbalancing/upstream.ts';

let server: Server;

/** A target that answers every request with these bytes. */
const targetThatSays = async (answer: string): Promise<Target> => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { id: '127.0.0.1', port, agent: new Agent() } as Partial<Target> as Target;
};

const ask = async (answer: string) => {
  const target = await targetThatSays(answer);
  const outbound = { method: 'GET', url: '/', headers: {}, body: new Uint8Array() };
  return overSocket(target, outbound, 5);
};

afterEach(() => server.close());

describe('an answer that is none', () => {
  it.each([
    ['a status below 100', 'HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n'],
    ['a status above 599', 'HTTP/1.1 700 X\r\ncontent-length: 0\r\n\r\n'],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    ],
    ['no HTTP', 'good morning\r\n\r\n'],
  ])('is 502 for the client: %s', async (_, answer) => {
    expect(await ask(answer)).toMatchObject({ kind: 'failure', status: 502 });
  });

  it('is told from one that is', async () => {
    expect(await ask('HTTP/1.1 204 X\r\n\r\n')).toMatchObject({ kind: 'answer', status: 204 });
  });
});

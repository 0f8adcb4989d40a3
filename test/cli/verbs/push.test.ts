import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { push } from '../../../cli/verbs/push.ts';

const open = new Set<() => Promise<void>>();

afterEach(async () => {
  for (const close of open) await close();
  open.clear();
});

/** A server that answers everything in the same way, and what it was asked. */
const server = async (status: number, answer: string) => {
  const asked: { url: string | undefined; type: string | undefined; body: unknown }[] = [];
  const listening = createServer(async (request, response) => {
    const body = JSON.parse((await buffer(request)).toString());
    asked.push({ url: request.url, type: request.headers['content-type'], body });
    response.writeHead(status).end(answer);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  open.add(async () => {
    listening.closeAllConnections();
    await new Promise((resolve) => listening.close(resolve));
  });
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, asked };
};

describe('a push to a sandbox in another process', () => {
  it('names the image and the folder, from the root of the machine', async () => {
    const pushed = { digest: 'sha256:1', image: 'shop:2.0.0', notes: [] };
    const { url, asked } = await server(200, JSON.stringify(pushed));

    expect(await push('shop:2.0.0', 'images/shop', url)).toEqual(pushed);
    expect(asked).toEqual([
      {
        url: '/_sandbox/push',
        type: 'application/json',
        body: { repository: 'shop', tag: '2.0.0', folder: `${process.cwd()}/images/shop` },
      },
    ]);
  });

  it("says why the sandbox refuses, with AWS's code", async () => {
    const refusal = { code: 'RepositoryNotFoundException', message: 'There is no shop' };
    const { url } = await server(400, JSON.stringify(refusal));

    await expect(push('shop:2.0.0', '.', url)).rejects.toThrow(
      'There is no shop (RepositoryNotFoundException)',
    );
  });

  it('says so if nobody or somebody else answers', async () => {
    const { url } = await server(404, '<html>');
    const closed = await server(200, '{}');
    await [...open].at(-1)!();

    await expect(push('shop:2.0.0', '.', url)).rejects.toThrow(`No sandbox answers at ${url}`);
    await expect(push('shop:2.0.0', '.', closed.url)).rejects.toThrow('No sandbox answers');
  });

  it.each([
    ['shop', 'http://127.0.0.1:1', 'is not <repository>:<tag>'],
    ['shop:', 'http://127.0.0.1:1', 'is not <repository>:<tag>'],
    ['shop:2.0.0', 'https://api.ecr.us-east-1.amazonaws.com', 'is not on this machine'],
    ['shop:2.0.0', 'here', 'is not a URL'],
  ])('refuses %s to %s', async (image, endpoint, reason) => {
    await expect(push(image, '.', endpoint)).rejects.toThrow(reason);
  });
});

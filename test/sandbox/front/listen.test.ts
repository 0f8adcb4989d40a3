/** The front behind a port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { LARGEST_REQUEST } from '../../../packages/sandbox/front/bytes.ts';
import { frontOver } from './loopback.ts';
import { noting, scope } from './requests.ts';

describe('listening', () => {
  it('serves an unmodified client on a free port of this machine until it is closed', async () => {
    const listening = await frontOver(async ({ operation, region }) => ({
      Account: region,
      Arn: operation,
    })).listen();
    const settings = { region: 'us-west-2', maxAttempts: 1, endpoint: listening.url };
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new STSClient({ ...settings, credentials });

    expect(listening.url).toBe(`http://127.0.0.1:${listening.port}`);
    expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: 'us-west-2',
      Arn: 'GetCallerIdentity',
    });

    await listening.close();
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toThrow();
  });

  it('answers 413 to a request that no service takes, and reads it to the end', async () => {
    const { calls, listen } = noting();
    const listening = await listen();
    const post = (size: number) =>
      fetch(listening.url, { method: 'POST', body: new Uint8Array(size) });

    const large = await post(LARGEST_REQUEST + 1);

    expect(large.status).toBe(413);
    expect(await large.json()).toEqual({
      message: `Request must be smaller than ${LARGEST_REQUEST} bytes`,
    });
    expect((await post(1)).status).not.toBe(413);
    expect(calls).toEqual([]);
    await listening.close();
  });

  it('closes although a call never answers', async () => {
    const called = Promise.withResolvers<void>();
    const listening = await frontOver(() => {
      called.resolve();
      return new Promise(() => {});
    }).listen();
    const asked = fetch(`${listening.url}/?Action=GetCallerIdentity`, {
      headers: { authorization: scope('sts') },
    });
    const cut = expect(asked).rejects.toThrow();

    await called.promise;
    await listening.close();

    await cut;
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;

    await expect(noting().listen(port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);

    other.close();
  });
});

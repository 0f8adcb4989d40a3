import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inProcessHost } from '../../../../packages/sandbox/aws/lambda/hosts/in-process-host.ts';
import { workerHost } from '../../../../packages/sandbox/aws/lambda/hosts/worker-host.ts';
import { testHost } from './host-conformance.ts';

testHost('a host in this process', async (clock, answer) => {
  const host = inProcessHost({ clock, answer });
  return { host, close: () => host.close() };
});

testHost('a host of workers', async (clock, answer) => {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const { method = '', url = '' } = incoming;
    const answered = await answer({ method, url, headers, body: Buffer.concat(chunks) });
    outgoing.writeHead(answered.status, answered.headers).end(answered.body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = workerHost({ clock, endpoint: `http://127.0.0.1:${port}` });
  return {
    host,
    close: async () => {
      await host.close();
      server.closeAllConnections();
      server.close();
    },
  };
});

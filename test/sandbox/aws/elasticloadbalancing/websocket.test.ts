/** Connections that go on with another protocol, over real sockets: client, balancer, target. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elasticloadbalancingService } from '../../../../packages/sandbox/aws/elasticloadbalancing/service.ts';
import { scaledClock } from '../../../../packages/sandbox/clock/scaled-clock.ts';
import { localCloud, recording } from '../../local-cloud.ts';

/** RFC 6455, section 1.3. */
const acceptOf = (key: string): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

let local: ReturnType<typeof localCloud>;
let port: number;
let arn: string;
let targets: Server[];
/** Connections that targets have upgraded, with their requests. */
let upgraded: { request: IncomingMessage; socket: Duplex }[];
let cloudwatch: ReturnType<typeof recording>;

const ask = (operation: string, input: unknown) =>
  local.ask('elasticloadbalancing', operation, input);

const describedOf = (server: Server) => ({
  Id: '127.0.0.1',
  Port: (server.address() as AddressInfo).port,
});

/** A target that answers requests with 200, and upgrades as `upgrade` says. */
const start = async (upgrade: (request: IncomingMessage, socket: Duplex) => void) => {
  const server = createServer((_, response) => response.end('http'));
  server.on('upgrade', (asked, socket) => {
    upgraded.push({ request: asked, socket });
    socket.on('error', () => undefined);
    upgrade(asked, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  targets.push(server);
  await ask('RegisterTargets', { TargetGroupArn: arn, Targets: [describedOf(server)] });
  await vi.waitFor(async () => expect(await stateOf(server)).toBe('healthy'), 5000);
  return server;
};

const stateOf = async (server: Server): Promise<string> => {
  const { TargetHealthDescriptions } = await ask('DescribeTargetHealth', {
    TargetGroupArn: arn,
    Targets: [describedOf(server)],
  });
  return TargetHealthDescriptions[0].TargetHealth.State;
};

/** Takes the upgrade; what comes afterwards rolls back as it is, but for the mask of WebSockets. */
const echo = ({ headers }: IncomingMessage, socket: Duplex) => {
  const accept = acceptOf(headers['sec-websocket-key'] ?? '');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${headers.upgrade}\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.on('data', (frame: Buffer) => {
    if (headers.upgrade !== 'websocket') return void socket.write(frame);
    const length = frame[1]! & 0x7f;
    const [mask, data] = [frame.subarray(2, 6), frame.subarray(6, 6 + length)];
    const plain = data.map((byte, index) => byte ^ mask[index % 4]!);
    socket.write(Buffer.concat([Buffer.from([frame[0]!, length]), plain]));
    if ((frame[0]! & 0x0f) === 8) socket.end();
  });
};

/** A connection that asks for the protocol `raw`; gives its socket, or the status of the refusal. */
const raw = (more: object = {}): Promise<{ status: number; socket?: Duplex; body?: string }> =>
  new Promise((resolve, reject) => {
    const asked = request({
      ...{ host: '127.0.0.1', port, agent: false },
      headers: { connection: 'Upgrade', upgrade: 'raw' },
      ...more,
    });
    asked.once('upgrade', ({ statusCode = 0 }, socket) => resolve({ status: statusCode, socket }));
    asked.once('response', (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.once('error', reject);
    asked.end();
  });

const open = async (): Promise<Duplex> => {
  const { socket } = await raw();
  socket!.on('error', () => undefined);
  return socket!;
};

const heard = (socket: Duplex): Promise<string> =>
  new Promise((resolve) => socket.once('data', (data) => resolve(`${data}`)));

const closed = (socket: Duplex): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()).resume());

beforeEach(async () => {
  targets = [];
  upgraded = [];
  local = localCloud(scaledClock(60), {} as never);
  cloudwatch = local.register(recording('cloudwatch', { PutMetricData: () => ({}) }));
  local.register(elasticloadbalancingService(local.cloud));
  const { TargetGroups } = await ask('CreateTargetGroup', {
    Name: 'web',
    Port: 80,
    TargetType: 'ip',
    HealthCheckIntervalSeconds: 10,
  });
  arn = TargetGroups[0].TargetGroupArn;
  const { LoadBalancers } = await ask('CreateLoadBalancer', { Name: 'web' });
  const { Listeners } = await ask('CreateListener', {
    LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }],
  });
  port = Listeners[0].Port;
});
afterEach(async () => {
  await local.close();
  for (const { socket } of upgraded) socket.destroy();
  for (const server of targets) server.close().closeAllConnections();
});

describe('a WebSocket through the balancer', () => {
  it('carries messages both ways, and closes', async () => {
    await start(echo);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/chat`);
    const message = new Promise((resolve) => {
      socket.onmessage = ({ data }) => resolve(data);
    });
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });

    socket.send('hello');

    expect(await message).toBe('hello');
    expect(upgraded[0]!.request).toMatchObject({
      url: '/chat',
      headers: {
        upgrade: 'websocket',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': `${port}`,
      },
    });
    const end = new Promise((resolve) => {
      socket.onclose = resolve;
    });
    socket.close();
    await end;
  });

  it('stays with its target, and other requests are answered beside it', async () => {
    await start(echo);
    const socket = await open();
    const again = await start(echo);

    for (const word of ['one', 'two', 'three']) {
      socket.write(word);
      expect(await heard(socket)).toBe(word);
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('http');
    }

    expect(upgraded).toHaveLength(1);
    expect(await stateOf(again)).toBe('healthy');
  });

  it('counts as one request of its target, and as no answer of any status', async () => {
    await start(echo);
    const socket = await open();
    const counted = () =>
      cloudwatch.asked.flatMap(({ input }) =>
        input.MetricData.map(({ MetricName, Counts }: any) => `${MetricName} ${Counts}`),
      );

    await vi.waitFor(() => expect(counted()).toContain('RequestCount 1'), 5000);

    expect(counted().filter((line) => /Code|Error/.test(line))).toEqual([]);
    socket.destroy();
  });

  it.each([
    [400, 'Bad Request'],
    [426, 'Upgrade Required'],
  ])('is refused by its target with %i', async (status, title) => {
    await start((_, socket) =>
      socket.end(`HTTP/1.1 ${status} ${title}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno`),
    );

    expect(await raw()).toEqual({ status, body: 'no' });
  });

  it('is answered with 503 where no target is', async () => {
    expect(await raw()).toMatchObject({ status: 503 });
  });

  it('is not asked for by a request with a body', async () => {
    await start(echo);
    const answer = await raw({ method: 'POST' });

    expect(answer).toEqual({ status: 200, body: 'http' });
    expect(upgraded).toEqual([]);
  });

  it('ends at the target when the client ends it', async () => {
    await start(echo);
    const socket = await open();
    const end = new Promise((resolve) => upgraded[0]!.socket.once('end', resolve));

    socket.end();

    await end;
  });

  it('ends at the client when the target ends it, or breaks it off', async () => {
    await start(echo);
    const [one, two] = [await open(), await open()];
    const ends = Promise.all([closed(one), closed(two)]);

    upgraded[0]!.socket.end();
    upgraded[1]!.socket.destroy();

    await ends;
  });

  it('ends with its listener', async () => {
    await start(echo);
    const end = closed(await open());

    await local.close();

    await end;
  });
});

describe('a target that drains', () => {
  it('keeps its WebSocket until the delay is over, and loses it then', async () => {
    const server = await start(echo);
    await ask('ModifyTargetGroupAttributes', {
      TargetGroupArn: arn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '1' }],
    });
    const socket = await open();

    await ask('DeregisterTargets', { TargetGroupArn: arn, Targets: [describedOf(server)] });
    expect(await stateOf(server)).toBe('draining');
    const word = heard(socket);
    socket.write('still here');
    expect(await word).toBe('still here');

    // Long before the idle time-out, which would end it too.
    await vi.waitFor(() => expect(socket.destroyed).toBe(true), 20_000);
    expect(await stateOf(server)).toBe('unused');
  });

  it('has drained when its last WebSocket has ended', async () => {
    const server = await start(echo);
    const socket = await open();
    await ask('DeregisterTargets', { TargetGroupArn: arn, Targets: [describedOf(server)] });
    expect(await stateOf(server)).toBe('draining');

    socket.destroy();

    await vi.waitFor(async () => expect(await stateOf(server)).toBe('unused'), 5000);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scaledClock } from '../../../sandbox/clock/scaled-clock.ts';
import { virtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import { processContainers } from '../../../sandbox/containers/process-containers.ts';
import type { Container, ContainerRequest } from '../../../sandbox/containers.ts';

const folder = fileURLToPath(new URL('./fixture', import.meta.url));

/** A folder of its own for each host: it holds the service time that the host's processes read. */
const own = () => mkdtempSync(join(tmpdir(), 'containers-'));

const request = (overrides: Partial<ContainerRequest> = {}): ContainerRequest => ({
  image: 'fixture',
  digest: 'sha256:0',
  tags: [],
  folder,
  command: ['node', 'server.js'],
  environment: { VERSION: '1.0.0' },
  port: 8080,
  onOutput: () => undefined,
  ...overrides,
});

const get = async ({ address }: Container, path = '/') =>
  (await fetch(`http://${address.host}:${address.port}${path}`)).json() as Promise<any>;

describe('processContainers', () => {
  const base = Date.UTC(2030, 0, 1);
  const clock = scaledClock(1000, base);
  const host = processContainers({ clock, folder: own() });
  afterEach(() => host.close());

  it('starts two processes that listen on the same port inside, each reached at its own', async () => {
    const [one, two] = await Promise.all([
      host.start(request()),
      host.start(request({ environment: { VERSION: '2.0.0' } })),
    ]);

    expect(one.address.port).not.toBe(two.address.port);
    expect((await get(one)).version).toBe('1.0.0');
    expect((await get(two)).version).toBe('2.0.0');
  });

  it('shows service time in Date', async () => {
    const container = await host.start(request());

    const before = clock.now();
    const { now, date } = await get(container);
    const after = clock.now();

    // Both sides round, at a thousand service milliseconds a real one.
    expect(now).toBeGreaterThanOrEqual(before - 5000);
    expect(now).toBeLessThanOrEqual(after + 5000);
    expect(new Date(date).getUTCFullYear()).toBe(2030);
  });

  it('shows service time in Date also after its speed has changed', async () => {
    const changing = scaledClock(1000, base);
    const other = processContainers({ clock: changing, folder: own() });
    const container = await other.start(request());
    await get(container);

    changing.setSpeed(1);
    await setTimeout(100);
    const before = changing.now();
    const { now } = await get(container);

    // At a thousandth of the speed both sides agree to some milliseconds; without a word they would part by minutes.
    expect(Math.abs(now - before)).toBeLessThan(5000);
    await other.close();
  });

  it('hands on nothing of the environment of this machine', async () => {
    process.env.AWS_PROFILE = 'production';
    const container = await host.start(request());
    delete process.env.AWS_PROFILE;

    const { environment } = await get(container);

    expect(environment).toContain('VERSION');
    expect(environment).not.toContain('AWS_PROFILE');
    expect(environment).not.toContain('VITEST');
  });

  it('follows a command that a shell starts', async () => {
    const container = await host.start(request({ command: ['/bin/sh', '-c', 'node server.js'] }));

    expect((await get(container)).version).toBe('1.0.0');
  });

  it('lets a process reach its own port from inside', async () => {
    const lines: string[] = [];
    const script = `require('http').createServer((q, s) => s.end('self')).listen(8080, async () => {
      console.log(await (await fetch('http://localhost:8080/')).text()); process.exit(0); })`;
    const container = await host.start(
      request({ command: ['node', '-e', script], onOutput: (line) => lines.push(line) }),
    );

    expect(await container.exited).toBe(0);
    expect(lines).toEqual(['self']);
  });

  it('gives lines of output and the exit code', async () => {
    const lines: string[] = [];
    const container = await host.start(request({ onOutput: (line) => lines.push(line) }));

    await get(container, '/exit').catch(() => undefined);

    expect(await container.exited).toBe(3);
    expect(lines).toEqual(['listening']);
  });

  it('ends a process by SIGTERM, and by SIGKILL if it does not obey', async () => {
    const [obedient, stubborn] = await Promise.all([
      host.start(request()),
      host.start(request({ environment: { STUBBORN: 'yes' } })),
    ]);

    await Promise.all([obedient.stop(30), stubborn.stop(0.1)]);

    expect(await obedient.exited).toBe(0);
    expect(await stubborn.exited).toBe(137);
  });

  it('leaves no process behind when the sandbox is killed', async () => {
    const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const script = `
      const { processContainers } = await import(${module('../../../sandbox/containers/process-containers.ts')});
      const { scaledClock } = await import(${module('../../../sandbox/clock/scaled-clock.ts')});
      const host = processContainers({ clock: scaledClock(), folder: ${JSON.stringify(own())} });
      const { address } = await host.start({ ...${JSON.stringify(request())}, onOutput() {} });
      console.log(address.port);`;
    const sandbox = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [output] = await once(sandbox.stdout, 'data');
    const url = `http://127.0.0.1:${Number(`${output}`)}/`;
    expect((await fetch(url)).status).toBe(200);

    sandbox.kill('SIGKILL');

    await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), 5000);
  });

  it('refuses a program that does not exist, an image without files and a virtual clock', async () => {
    await expect(host.start(request({ command: ['no-such-program'] }))).rejects.toThrow('ENOENT');
    await expect(host.start(request({ folder: '' }))).rejects.toThrow('no files');
    expect(() => processContainers({ clock: virtualClock(), folder: own() })).toThrow('virtual');
  });
});

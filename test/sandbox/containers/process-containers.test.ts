import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { scaledClock } from '../../../packages/sandbox/clock/scaled-clock.ts';
import { virtualClock } from '../../../packages/sandbox/clock/virtual-clock.ts';
import { processContainers } from '../../../packages/sandbox/containers/process-containers.ts';
import type { Container, ContainerRequest } from '../../../packages/sandbox/containers.ts';

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

/** Whether a process still runs; one that has ended and that nobody has asked about does not. */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
};

const get = async ({ address }: Container, path = '/') =>
  (await fetch(`http://${address.host}:${address.port}${path}`)).json() as Promise<any>;

describe('processContainers', () => {
  const base = Date.UTC(2030, 0, 1);
  const clock = scaledClock(1000, base);
  let host: ReturnType<typeof processContainers>;
  beforeEach(() => {
    host = processContainers({ clock, folder: own() });
  });
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

  it.each([1, -1])(
    'shows service time in Date also after the system clock has jumped by %i hours',
    async (hours) => {
      // Loaded before anything else of the container: what it calls Date is the system clock.
      const jump = `const { now } = Date; Date.now = () => now() + (process.uptime() > 0.6 ? ${hours * 3_600_000} : 0)`;
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(jump)}`;
      const container = await host.start(request({ environment: { NODE_OPTIONS } }));
      await setTimeout(700);

      const before = clock.now();
      const { now } = await get(container);
      const after = clock.now();

      // A thousand times as fast, an hour would be six weeks.
      expect(now).toBeGreaterThanOrEqual(before - 5000);
      expect(now).toBeLessThanOrEqual(after + 5000);
    },
  );

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
  }, 20_000);

  /** A container whose children leave its process group and its signals behind; gives their ids. */
  const startFamily = async (first = 'process.on("SIGTERM", () => undefined)') => {
    const lines: string[] = [];
    const script = `
      const { spawn } = require('child_process');
      const stubborn = 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1000)';
      const options = { detached: true, stdio: ['ignore', 'inherit', 'inherit'] };
      for (const command of [[process.execPath, '-e', stubborn], ['sh', '-c', 'trap "" TERM; sleep 600']])
        console.log(spawn(command[0], command.slice(1), options).pid);
      require('http').createServer((_, s) => process.exit(Number(s.end('')) || 7)).listen(8080);
      ${first}`;
    const container = await host.start(
      request({ command: ['node', '-e', script], onOutput: (line) => lines.push(line) }),
    );
    await vi.waitFor(() => expect(lines.length).toBe(2), 5000);
    const pids = lines.map(Number);
    expect(pids.map(isRunning)).toEqual([true, true]);
    return { container, pids };
  };

  it.runIf(process.platform === 'linux')(
    'leaves no child behind that has left the group of a container, however that ends',
    async () => {
      const stopped = await startFamily();
      await stopped.container.stop(0.1);
      expect(await stopped.container.exited).toBe(137);
      await vi.waitFor(() => expect(stopped.pids.map(isRunning)).toEqual([false, false]));

      const ended = await startFamily();
      await get(ended.container).catch(() => undefined);
      expect(await ended.container.exited).toBe(7);
      await vi.waitFor(() => expect(ended.pids.map(isRunning)).toEqual([false, false]));

      const left = await startFamily();
      await host.close();
      await vi.waitFor(() => expect(left.pids.map(isRunning)).toEqual([false, false]));
    },
  );

  it('ends a container at once that is closed while it does not obey', async () => {
    const stubborn = await host.start(request({ environment: { STUBBORN: 'yes' } }));
    const stopping = stubborn.stop(100_000);

    await host.close();
    await stopping;

    expect(await stubborn.exited).toBe(137);
  });

  it('starts nothing that would outlive it once it is closed', async () => {
    const pids: string[] = [];
    const starting = host.start(
      request({
        command: ['sh', '-c', 'echo $$; exec sleep 600'],
        port: 0,
        onOutput: (line) => pids.push(line),
      }),
    );
    await host.close();

    await expect(starting).rejects.toThrow('the host of the containers is closed');
    await expect(host.start(request())).rejects.toThrow('the host of the containers is closed');
    expect(pids.map(Number).filter(isRunning)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'does not wait for a process that hides from it and holds its output open',
    async () => {
      const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
      const hide = "env -i setsid sh -c 'echo $$; exec /bin/sleep 600' & exec sleep 600";
      const script = `
        const { processContainers } = await import(${module('../../../packages/sandbox/containers/process-containers.ts')});
        const { scaledClock } = await import(${module('../../../packages/sandbox/clock/scaled-clock.ts')});
        const host = processContainers({ clock: scaledClock(), folder: ${JSON.stringify(own())} });
        await new Promise((resolve) => host.start({
          ...${JSON.stringify(request({ command: ['sh', '-c', hide], port: 0 }))},
          onOutput: (line) => { console.log(line); resolve(); },
        }));
        await host.close();
        console.log('closed');`;
      const sandbox = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      sandbox.stdout.on('data', (chunk) => {
        said += chunk;
      });
      onTestFinished(() => {
        sandbox.kill('SIGKILL');
        process.kill(Number(said.split('\n')[0]), 'SIGKILL');
      });
      const [code] = await once(sandbox, 'exit');

      expect(code).toBe(0);
      expect(said).toContain('closed');
    },
    20_000,
  );

  it('leaves no process behind when the sandbox is killed', async () => {
    const program = `
      const { spawn } = require('child_process');
      const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
      require('http').createServer((_, s) => s.end()).listen(8080, () => console.log('child ' + child.pid));`;
    const family = request({ command: ['node', '-e', program] });
    const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const script = `
      const { processContainers } = await import(${module('../../../packages/sandbox/containers/process-containers.ts')});
      const { scaledClock } = await import(${module('../../../packages/sandbox/clock/scaled-clock.ts')});
      const host = processContainers({ clock: scaledClock(), folder: ${JSON.stringify(own())} });
      const { address } = await host.start({ ...${JSON.stringify(family)}, onOutput: console.log });
      console.log(address.port);`;
    const sandbox = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let said = '';
    sandbox.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await vi.waitFor(() => expect(said.trim().split('\n').length).toBe(2), 5000);
    const url = `http://127.0.0.1:${/^\d+$/m.exec(said)?.[0]}/`;
    const child = Number(/^child (\d+)$/m.exec(said)?.[1]);
    expect((await fetch(url)).status).toBe(200);

    sandbox.kill('SIGKILL');

    await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), 5000);
    if (process.platform === 'linux')
      await vi.waitFor(() => expect(isRunning(child)).toBe(false), 5000);
  });

  it('refuses a program that does not exist, an image without files and a virtual clock', async () => {
    await expect(host.start(request({ command: ['no-such-program'] }))).rejects.toThrow('ENOENT');
    await expect(host.start(request({ folder: '' }))).rejects.toThrow('no files');
    expect(() => processContainers({ clock: virtualClock(), folder: own() })).toThrow('virtual');
  });
});

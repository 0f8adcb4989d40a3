import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionHost } from '../../../../packages/sandbox/aws/lambda/hosts/host.ts';
import { workerHost } from '../../../../packages/sandbox/aws/lambda/hosts/worker-host.ts';
import type { Clock } from '../../../../packages/sandbox/clock/clock.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { folderOf, handlerOf } from './handlers.ts';
import { run, unitOf } from './host-conformance.ts';

describe('a host of workers', () => {
  let clock: Clock;
  let host: FunctionHost;
  beforeEach(() => {
    clock = virtualClock();
    host = workerHost({ clock, endpoint: 'http://127.0.0.1:1' });
  });
  afterEach(async () => {
    await host.close();
    clock.close();
  });

  it('ends an environment that uses more memory than its function has', async () => {
    const text =
      'const all = []; while (event.fill) all.push(new Array(100_000).fill({})); return 1;';
    const unit = unitOf(folderOf(handlerOf(text)), { memory: 128 });

    const { result, failed } = await run(host, unit, { fill: true });

    expect(failed).toBe(true);
    expect(result.errorType).toBe('Runtime.OutOfMemory');
    expect(await run(host, unit)).toMatchObject({ result: 1, cold: true });
  });

  it.each([
    // Nothing is written into it, so that it is there at once: before the memory of a running function is read.
    ['has kept when it answers', 'globalThis.kept = Buffer.alloc(300_000_000); return 1;'],
    [
      'keeps while it waits',
      'for (;;) { keep(Buffer.alloc(20_000_000, 1), 1); await new Promise((go) => setTimeout(go, 20)); }',
    ],
    ['keeps without leaving the processor', 'keep(Buffer.alloc(40_000_000, 1), 5); for (;;);'],
  ])('ends an environment for buffers that its function %s', async (_, text) => {
    const keep =
      'const kept = (globalThis.kept ??= []); const keep = (one, times) => { for (let n = 0; n < times; n += 1) kept.push(Buffer.from(one)); };';
    const body = `if (!event.fill) return 2; ${keep} ${text}`;
    const unit = unitOf(folderOf(handlerOf(body)), { memory: 128, timeout: 60 });

    const { result, failed } = await run(host, unit, { fill: true });

    expect(failed).toBe(true);
    expect(result).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringContaining('Runtime exited with error: signal: killed'),
    });
    expect(await run(host, unit)).toMatchObject({ result: 2, cold: true });
  });

  it('lets a function have the memory that it has', async () => {
    const body = 'globalThis.kept ??= Buffer.alloc(60_000_000, 1); return kept.length;';
    const unit = unitOf(folderOf(handlerOf(body)), { memory: 128 });

    expect(await run(host, unit)).toMatchObject({ result: 60_000_000, failed: false });
    expect(await run(host, unit)).toMatchObject({ result: 60_000_000, cold: false });
  });

  it('ends an invocation that never leaves the processor', async () => {
    const unit = unitOf(folderOf(handlerOf('while (event.spin);')), { timeout: 1 });

    const { result } = await run(host, unit, { spin: true });

    expect(result.errorType).toBe('Sandbox.Timedout');
  });

  it('reports a rejection that nobody handles', async () => {
    const text =
      'Promise.reject(new Error("lost")); await new Promise(() => setTimeout(() => {}, 9e4));';
    const unit = unitOf(folderOf(handlerOf(text)));

    const { result } = await run(host, unit);

    expect(result).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
    });
  });

  it('ends an environment that nobody has used for a while', async () => {
    const unit = unitOf(folderOf(handlerOf('')));
    const first = await run(host, unit);

    await clock.until(clock.sleep(500_000));
    const soon = await run(host, unit);
    await clock.until(clock.sleep(500_000));
    const again = await run(host, unit);
    await clock.until(clock.sleep(3_600_000));
    const late = await run(host, unit);

    expect([first, soon, again, late].map(({ cold }) => cold)).toEqual([true, false, false, true]);
  });
});

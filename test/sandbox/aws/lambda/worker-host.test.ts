import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionHost } from '../../../../sandbox/aws/lambda/hosts/host.ts';
import { workerHost } from '../../../../sandbox/aws/lambda/hosts/worker-host.ts';
import type { Clock } from '../../../../sandbox/clock/clock.ts';
import { virtualClock } from '../../../../sandbox/clock/virtual-clock.ts';
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

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scaledClock } from '../../../../packages/sandbox/clock/scaled-clock.ts';
import { processContainers } from '../../../../packages/sandbox/containers/process-containers.ts';
import { region } from '../../local-cloud.ts';
import { shop } from './shop.ts';

const folder = fileURLToPath(new URL('../../containers/fixture', import.meta.url));

describe('ecs with real processes', () => {
  let world: Awaited<ReturnType<typeof shop>>;

  beforeEach(async () => {
    const clock = scaledClock(60);
    world = await shop(
      clock,
      processContainers({ clock, folder: mkdtempSync(join(tmpdir(), 'containers-')) }),
    );
  });
  afterEach(() => world.local.close());

  const steady = async () =>
    expect((await world.described()).taskSets).toMatchObject([{ stabilityStatus: 'STEADY_STATE' }]);

  it('runs a pushed folder as its Dockerfile says and serves it through the balancer', async () => {
    await world.ecr.push(region, 'web', '1.0.0', folder);
    await world.service(await world.taskDefinition(':1.0.0', { command: undefined }));
    await vi.waitFor(steady, 10_000);

    const answer = await fetch(`http://127.0.0.1:${world.production.Port}/`);

    expect(await answer.json()).toMatchObject({ version: '1.0.0' });
    expect(answer.headers.get('server')).toBeNull();
    expect(world.local.lines).toContain('listening');
  });

  it('lets a request in flight end before it stops the task that works on it', async () => {
    await world.ecr.push(region, 'web', '1.0.0', folder);
    // It drops everything on SIGTERM, so only draining can save the request.
    const environment = [{ name: 'ABRUPT', value: 'yes' }];
    const abrupt = await world.taskDefinition(':1.0.0', { command: undefined, environment });
    await world.service(abrupt, {
      desiredCount: 1,
    });
    await vi.waitFor(steady, 10_000);
    const [task] = await world.tasks();

    const slow = fetch(`http://127.0.0.1:${world.production.Port}/?wait=700`);
    // The request has to be on its way before the task is told to go.
    await vi.waitFor(async () => {
      await fetch(`http://127.0.0.1:${world.production.Port}/`);
    });
    await world.ask('StopTask', { task: task.taskArn });

    expect((await slow).status).toBe(200);
    await vi.waitFor(async () => {
      expect((await world.ask('DescribeTasks', { tasks: [task.taskArn] })).tasks).toMatchObject([
        { lastStatus: 'STOPPED', stopCode: 'UserInitiated', containers: [{ exitCode: 0 }] },
      ]);
    }, 10_000);
  });

  it('replaces a process that ends on its own', async () => {
    await world.ecr.push(region, 'web', '1.0.0', folder);
    await world.service(await world.taskDefinition(':1.0.0', { command: undefined }), {
      desiredCount: 1,
    });
    await vi.waitFor(steady, 10_000);
    const [before] = await world.tasks();

    expect((await fetch(`http://127.0.0.1:${world.production.Port}/exit`)).status).toBe(502);

    await vi.waitFor(async () => {
      await steady();
      const [after] = await world.tasks();
      expect(after.taskArn).not.toBe(before.taskArn);
    }, 10_000);
  });
});

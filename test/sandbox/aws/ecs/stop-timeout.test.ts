import { expect, it } from 'vitest';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { modelContainers } from '../../../../packages/sandbox/containers/model-containers.ts';
import type { ContainerHost } from '../../../../packages/sandbox/containers.ts';
import { shop } from './shop.ts';

/** Containers that answer nothing, and note how many seconds they were given to obey SIGTERM. */
const noting = (graces: number[]): ContainerHost => {
  const containers = modelContainers(() => () => ({ status: 200, body: '' }));
  return {
    ...containers,
    start: async (request) => {
      const container = await containers.start(request);
      const stop = async (seconds: number) => {
        graces.push(seconds);
        await container.stop(seconds);
      };
      return { ...container, stop };
    },
  };
};

it('gives a container 30 seconds to obey SIGTERM, or as many as its definition says', async () => {
  const graces: number[] = [];
  const world = await shop(virtualClock(), noting(graces));
  try {
    await world.put('1');
    await world.service(await world.taskDefinition(':1'), { desiredCount: 1 });
    await world.pass(60);
    await world.ask('UpdateService', { service: 'web', desiredCount: 0 });
    await world.pass(600);
    expect(graces).toEqual([30]);

    const patient = await world.taskDefinition(':1', { stopTimeout: 90 });
    await world.service(patient, { serviceName: 'patient', desiredCount: 1 });
    await world.pass(60);
    await world.ask('UpdateService', { service: 'patient', desiredCount: 0 });
    await world.pass(600);
    expect(graces).toEqual([30, 90]);
  } finally {
    world.local.close();
  }
});

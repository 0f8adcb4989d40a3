import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { ecs } from '../../aws/ecs.ts';
import { addressOf, get } from '../../probe/http.ts';
import type { Proving } from '../driver.ts';
import { smokeService } from './smoke-service.ts';
import { revisionName } from './task-definition.ts';

/** Asks a service through its listeners. */
export const provingService: Proving<EcsTarget> = {
  smoke: smokeService,
  async askOf({ testListener, productionListener, host }, { colour }) {
    const address = await addressOf(colour === 'green' ? testListener : productionListener, host);
    return (path) => get(address, path);
  },
  async warmUpsOf({ warmUp, checks, testListener, host }, _ref, called) {
    const paths = warmUp.paths ?? [...checks.map(({ path }) => path), ...(await called())];
    const address = await addressOf(testListener, host);
    return paths.map((path) => () => get(address, path));
  },
  testAddressOf: ({ testListener, host }) => addressOf(testListener, host),
  async liveRevision({ cluster, service }) {
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster, services: [service] }),
    );
    const sets = (services[0]?.taskSets ?? []).filter(({ status }) => status !== 'DRAINING');
    const [only] = sets;
    return sets.length === 1 && only?.taskDefinition
      ? revisionName(only.taskDefinition)
      : undefined;
  },
};

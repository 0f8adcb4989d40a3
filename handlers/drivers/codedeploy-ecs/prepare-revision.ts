import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { imageVersion } from '../../../core/images/image-version.ts';
import { withHostOf } from '../../../core/images/registry-host.ts';
import type { Revision } from '../../../core/record/record.ts';
import { imageOf, readImage, type Wanted } from '../../../core/release/input.ts';
import { settingChanges } from '../../../core/release/settings.ts';
import { settingsOfTaskDefinition } from '../../reading/settings.ts';
import type { Prepared } from '../driver.ts';
import {
  cloneWithImage,
  type Described,
  mainImageOf,
  releaseOf,
  revisionName,
  startSame,
} from './task-definition.ts';

const revisionOf = (described: Described, container: string): Revision => {
  const ref = described.taskDefinition?.taskDefinitionArn ?? '';
  const image = mainImageOf(described, container);
  const version = imageVersion([], readImage(image)?.tag, []);
  return {
    name: revisionName(ref),
    ref,
    ...(version === undefined ? {} : { version }),
    ...(image.includes('@') ? { digest: image.slice(image.indexOf('@') + 1) } : {}),
  };
};

/**
 * Records the revision that runs and finds or registers the wanted one: a revision as it is, or a clone with another
 * image. A clone that would start the same tasks as a revision that is there is not registered; others `register` makes.
 */
export const prepareRevision = async (
  ecs: ECSClient,
  { release, target, wanted }: { release: string; target: EcsTarget; wanted: Wanted },
  runs: string,
  register: (definition: RegisterTaskDefinitionCommandInput) => Promise<Described>,
): Promise<Pick<Prepared, 'from' | 'to' | 'changes'>> => {
  const describe = (taskDefinition: string): Promise<Described> =>
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));
  const revision = (described: Described) => revisionOf(described, target.container);

  const running = await describe(runs);
  const from = revision(running);
  const source = 'taskDefinition' in wanted ? await describe(wanted.taskDefinition) : running;
  const asked = imageOf(wanted);
  const image = asked && withHostOf(asked, mainImageOf(running, target.container));
  const clone = image === undefined ? undefined : cloneWithImage(source, target, image, release);
  const definition = clone ?? source.taskDefinition;
  if (startSame(definition, running.taskDefinition)) return { from, to: from };
  const changes = settingChanges(
    settingsOfTaskDefinition(running.taskDefinition ?? {}),
    settingsOfTaskDefinition(definition ?? {}),
  );
  if (!clone || startSame(clone, source.taskDefinition))
    return { from, to: revision(source), changes };

  // A retried step finds the revision that its first try registered: the newest of the family, with our tag.
  const newest = await describe(clone.family ?? '');
  if (releaseOf(newest.tags) === release) return { from, to: revision(newest), changes };
  return { from, to: revision(await register(clone)), changes };
};

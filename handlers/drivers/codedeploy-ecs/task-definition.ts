import { isDeepStrictEqual } from 'node:util';
import type {
  ContainerDefinition,
  DescribeTaskDefinitionCommandOutput,
  RegisterTaskDefinitionCommandInput,
  Tag,
} from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { RELEASE_TAG } from '../../../core/names.ts';
import { readImage } from '../../../core/release/input.ts';
import { OUTPUT_ONLY } from '../../../core/release/task-definition.ts';

/** Printable name of a revision: `web:7`. */
export const revisionName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The release that made a task definition, by its tag. */
export const releaseOf = (tags: readonly Tag[] | undefined): string | undefined =>
  tags?.find(({ key }) => key === RELEASE_TAG)?.value;

/** A task definition with its tags, as DescribeTaskDefinition gives it. */
export type Described = Pick<DescribeTaskDefinitionCommandOutput, 'taskDefinition' | 'tags'>;

/** Members that RegisterTaskDefinition takes, but for the tags. */
const settingsOf = (taskDefinition: object): Record<string, unknown> => {
  const settings: Record<string, unknown> = { ...taskDefinition };
  for (const member of [...OUTPUT_ONLY, 'tags']) delete settings[member];
  return settings;
};

/** Whether two task definitions start the same tasks: their revisions and their tags do not matter. */
export const startSame = (one: object = {}, other: object = {}): boolean =>
  isDeepStrictEqual(settingsOf(one), settingsOf(other));

const imageIn = (containers: readonly ContainerDefinition[], container: string) =>
  containers.find(({ name }) => name === container)?.image;

/** Image of the container that gets the traffic; empty when there is no such container. */
export const mainImageOf = ({ taskDefinition }: Described, container: string): string =>
  imageIn(taskDefinition?.containerDefinitions ?? [], container) ?? '';

/** Whether two references are written the same or have the same digest. */
const isSame = (one = '', other = ''): boolean => {
  const digest = readImage(one)?.digest;
  return one === other || (digest !== undefined && digest === readImage(other)?.digest);
};

/** Keys that AWS keeps for itself: RegisterTaskDefinition refuses them. */
const isReserved = ({ key = '' }: Tag): boolean => key.toLowerCase().startsWith('aws:');

/**
 * A task definition with another image in the container that gets the traffic, and in those that ran the same image of
 * the registered repository: a migration beside its application moves with it. Everything else stays.
 */
export const cloneWithImage = (
  { taskDefinition = {}, tags = [] }: Described,
  { container, repository }: Pick<EcsTarget, 'container' | 'repository'>,
  image: string,
  release: string,
): RegisterTaskDefinitionCommandInput => {
  const containers = taskDefinition.containerDefinitions ?? [];
  const main = imageIn(containers, container);
  const isOurs = readImage(main ?? '')?.repository === repository;
  const moves = (definition: ContainerDefinition) =>
    definition.name === container || (isOurs && isSame(definition.image, main));
  return {
    ...(settingsOf(taskDefinition) as unknown as RegisterTaskDefinitionCommandInput),
    containerDefinitions: containers.map((definition) =>
      moves(definition) ? { ...definition, image } : definition,
    ),
    tags: [
      ...tags.filter((tag) => tag.key !== RELEASE_TAG && !isReserved(tag)),
      { key: RELEASE_TAG, value: release },
    ],
  };
};

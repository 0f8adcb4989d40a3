import {
  ClientException,
  DescribeTaskDefinitionCommand,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { childFor, isIndex } from '../../../core/checks/image-index.ts';
import { platformOf } from '../../../core/drivers/codedeploy-ecs/platform.ts';
import {
  checkTaskDefinition,
  mainImage,
  type TaskDefinitionReading,
} from '../../../core/drivers/codedeploy-ecs/task-definition.ts';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import type { Wanted } from '../../../core/release/input.ts';
import type { Reason } from '../../../core/release/reason.ts';
import { LATEST_REVISION } from '../../../core/release/task-definition.ts';
import { ecs } from '../../aws/ecs.ts';
import type { FoundImage, ResolvedImage } from '../../reading/image.ts';
import { readChildren } from '../../reading/image-index.ts';
import type { Resolved } from '../driver.ts';
import { runningDefinition } from './running-definition.ts';

/** Reads a revision, or of a family the newest active one; undefined when there is none. */
const describe = async (taskDefinition: string): Promise<TaskDefinition | undefined> => {
  try {
    return (await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition;
  } catch (error) {
    if (error instanceof ClientException) return undefined;
    throw error;
  }
};

const readingOf = (definition: TaskDefinition): TaskDefinitionReading => ({
  name: `${definition.family}:${definition.revision}`,
  family: definition.family ?? '',
  active: definition.status === 'ACTIVE',
  roles: [definition.taskRoleArn, definition.executionRoleArn].flatMap((role) => role ?? []),
  containers: (definition.containerDefinitions ?? []).map(
    ({ name = '', image = '', portMappings = [] }) => ({
      name,
      image,
      ports: portMappings.flatMap(({ containerPort }) => containerPort ?? []),
    }),
  ),
});

/** What tasks of a definition pull of an image: its own digest, or that of one image of an index. */
const pulledBy = async (
  { name, repository }: EcsTarget,
  { image, digest, mediaType }: FoundImage,
  definition: TaskDefinition | undefined,
): Promise<{ readonly pulled: string } | { readonly reasons: readonly Reason[] }> => {
  if (!isIndex(mediaType) || !definition) return { pulled: digest };
  const children = await readChildren(repository, digest);
  const found = childFor(name, image, children, platformOf(definition));
  return 'code' in found ? { reasons: [found] } : { pulled: found.digest };
};

/** An image that shall run with the settings of the task definition that runs now. */
export const wantedImage = async (
  target: EcsTarget,
  asked: string,
  found: ResolvedImage,
): Promise<Resolved> => {
  if ('reasons' in found) return { wanted: { image: asked }, reasons: found.reasons };
  const wanted = { image: found.image };
  const definition = isIndex(found.mediaType) ? await runningDefinition(target) : undefined;
  const { tags } = found;
  return { wanted, reasons: [], tags, ...(await pulledBy(target, found, definition)) };
};

/**
 * A revision whose settings shall run, by its number. An image that it names by a tag is wanted by digest; one that it
 * names by digest, and the one of the revision that runs, stay as they are.
 */
export const wantedDefinition = async (
  target: EcsTarget,
  asked: Extract<Wanted, { taskDefinition: string }>,
  resolveImage: (image: string) => Promise<ResolvedImage>,
): Promise<Resolved> => {
  const running = await runningDefinition(target);
  // Without a service nothing runs, which the check of the service says.
  if (!running) return { wanted: asked, reasons: [] };
  const { taskDefinition: name } = asked;
  const definition = await describe(name === LATEST_REVISION ? (running.family ?? '') : name);
  const reading = definition && readingOf(definition);
  const reasons = checkTaskDefinition(target, asked, reading, readingOf(running));
  if (!definition || !reading || reasons.length > 0) return { wanted: asked, reasons };

  const own = mainImage(target, reading);
  const found = await resolveImage(asked.image ?? own);
  if ('reasons' in found) return { wanted: asked, reasons: found.reasons };
  const isRunning = definition.taskDefinitionArn === running.taskDefinitionArn;
  const staysAsItIs = asked.image === undefined && (isRunning || own.includes('@'));
  return {
    wanted: {
      taskDefinition: reading.name,
      ...(staysAsItIs ? {} : { image: found.image }),
    },
    reasons: [],
    tags: found.tags,
    ...(await pulledBy(target, found, definition)),
  };
};

/** Undoes a release of an ECS service: reads the image that it ran before. */
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../core/drivers/target.ts';
import type { Account } from '../account.ts';
import type { Undoing, UndoneTarget } from './driver.ts';

/** Image of the target's container in the task definition that it ran before. */
const imageNamed = async (
  account: Account,
  { from, registration: { container } }: UndoneTarget<EcsTarget>,
): Promise<string> => {
  const { taskDefinition } = await account
    .client(ECSClient)
    .send(new DescribeTaskDefinitionCommand({ taskDefinition: from.ref }));
  const image = taskDefinition?.containerDefinitions?.find(({ name }) => name === container)?.image;
  if (image) return image;
  throw new Error(`${from.ref} has no container ${container}`);
};

/** The same image by its digest. A tag counts only if it has not been pushed again since the release. */
const imageBefore = async (
  account: Account,
  target: UndoneTarget<EcsTarget>,
  started: number,
): Promise<string> => {
  const { name, to, registration } = target;
  const image = await imageNamed(account, target);
  if (image.includes('@')) return image;
  const imageTag = image.slice(image.lastIndexOf(':') + 1);
  const input = { repositoryName: registration.repository, imageIds: [{ imageTag }] };
  const { imageDetails = [] } = await account
    .client(ECRClient)
    .send(new DescribeImagesCommand(input));
  const { imageDigest, imagePushedAt } = imageDetails[0] ?? {};
  if (imageDigest && imageDigest !== to?.digest && Number(imagePushedAt) < started)
    return `${registration.repository}@${imageDigest}`;
  throw new Error(
    `${name} ran ${image}, and that tag means another image by now: name the image with npx tandem start`,
  );
};

/** Rolls a service back to its image before, and to its settings before if these were released. */
export const undoingService: Undoing<EcsTarget> = {
  async wantedBefore(account, target, started) {
    const image = await imageBefore(account, target, started);
    return 'taskDefinition' in target.wanted
      ? { taskDefinition: target.from.name, image }
      : { image };
  },
  leftBehind: async () => undefined,
};

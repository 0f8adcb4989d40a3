import { readImage, type Wanted } from '../../release/input.ts';
import { type Reason, reason } from '../../release/reason.ts';
import { LATEST_REVISION, revisionNumber } from '../../release/task-definition.ts';
import type { EcsTarget } from './registration.ts';

/** What is wrong with an image by its reference alone; the repository is the registered one. */
export const wrongWithImage = (
  { name, repository }: EcsTarget,
  reference: string,
): readonly Reason[] => {
  const about = { target: name };
  const image = readImage(reference);
  if (!image) {
    return [
      reason(
        'wrong-revision',
        `"${reference}" is no image reference: write ${repository}:<tag> or ${repository}@sha256:<digest>`,
        about,
      ),
    ];
  }
  return image.repository === repository
    ? []
    : [
        reason(
          'foreign-repository',
          `${name} may run images of ${repository} only, not of ${image.repository}`,
          about,
        ),
      ];
};

const wrongWithTaskDefinition = (
  name: string,
  wanted: string,
  isBack: boolean,
): readonly Reason[] => {
  const about = { target: name };
  if (isBack && wanted === LATEST_REVISION) {
    return [
      reason(
        'wrong-revision',
        `A rollback of ${name} names the task definition to roll back to, not "latest"`,
        about,
      ),
    ];
  }
  return wanted === LATEST_REVISION || revisionNumber(wanted) !== undefined
    ? []
    : [
        reason(
          'wrong-revision',
          `"${wanted}" is no revision of a task definition: write <family>:<revision> or "latest"`,
          about,
        ),
      ];
};

/** What is wrong with the image or the task definition that is wanted of a service. */
export const wrongWithService = (
  target: EcsTarget,
  wanted: Wanted,
  isBack: boolean,
): readonly Reason[] => {
  const { name } = target;
  if ('version' in wanted) {
    return [
      reason(
        'wrong-revision',
        `${name} is an ECS service: name an "image" or a "taskDefinition", not a "version"`,
        { target: name },
      ),
    ];
  }
  return [
    ...('taskDefinition' in wanted
      ? wrongWithTaskDefinition(name, wanted.taskDefinition, isBack)
      : []),
    ...(wanted.image === undefined ? [] : wrongWithImage(target, wanted.image)),
  ];
};

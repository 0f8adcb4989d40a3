import {
  LARGEST_INPUT,
  RecoverInput,
  ReleaseInput,
  readImage,
  type Wanted,
} from '../release/input.ts';
import { goesBack } from '../release/intent.ts';
import { firstOf, type Reason, reason } from '../release/reason.ts';
import type { Registration } from '../release/registration.ts';
import type { EcsTarget, Target } from '../release/target.ts';
import { LATEST_REVISION, revisionNumber } from '../release/task-definition.ts';
import { faultText } from '../text/faults.ts';

/** What an execution was started with. */
export type ReadInput =
  | { readonly kind: 'release'; readonly input: ReleaseInput }
  | { readonly kind: 'recover'; readonly release: string }
  | { readonly kind: 'broken'; readonly reasons: readonly Reason[] };

/** Reads the input of an execution; its first faults are named with their places. */
export const readInput = (input: unknown): ReadInput => {
  const bytes = new TextEncoder().encode(JSON.stringify(input) ?? '').length;
  if (bytes > LARGEST_INPUT) {
    return {
      kind: 'broken',
      reasons: [
        reason(
          'input-too-large',
          `The input has ${bytes} bytes, at most ${LARGEST_INPUT} are read`,
          {
            figures: { bytes },
          },
        ),
      ],
    };
  }
  const recover = RecoverInput.safeParse(input);
  if (recover.success) return { kind: 'recover', release: recover.data.recover };
  const release = ReleaseInput.safeParse(input);
  if (release.success) return { kind: 'release', input: release.data };
  return {
    kind: 'broken',
    reasons: [
      reason(
        'malformed-input',
        `The input of the release is malformed: ${faultText(release.error, 'it')}`,
      ),
    ],
  };
};

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
        `A rollback of ${name} names the task definition to go back to, not "latest"`,
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

/** What is wrong with the revision that is wanted for one target; empty when it may be looked up. */
const wrongWith = (
  name: string,
  target: Target,
  wanted: Wanted,
  isBack: boolean,
): readonly Reason[] => {
  const about = { target: name };
  if (target.kind === 'ecs') {
    if ('version' in wanted) {
      return [
        reason(
          'wrong-revision',
          `${name} is an ECS service: name an "image" or a "taskDefinition", not a "version"`,
          about,
        ),
      ];
    }
    return [
      ...('taskDefinition' in wanted
        ? wrongWithTaskDefinition(name, wanted.taskDefinition, isBack)
        : []),
      ...(wanted.image === undefined ? [] : wrongWithImage(target, wanted.image)),
    ];
  }
  if (!('version' in wanted)) {
    const named = 'taskDefinition' in wanted ? 'a "taskDefinition"' : 'an "image"';
    return [
      reason('wrong-revision', `${name} is a function: name a "version", not ${named}`, about),
    ];
  }
  if (wanted.version.toUpperCase() === '$LATEST') {
    return [
      reason(
        'latest-version',
        `$LATEST of ${name} is not a version; write "latest" to publish what it holds now`,
        about,
      ),
    ];
  }
  if (isBack && wanted.version === 'latest') {
    return [
      reason(
        'wrong-revision',
        `A rollback of ${name} names the version to go back to, not "latest"`,
        about,
      ),
    ];
  }
  return /^([1-9]\d*|latest)$/.test(wanted.version)
    ? []
    : [
        reason(
          'wrong-revision',
          `"${wanted.version}" is no version of ${name}: write a number or "latest"`,
          about,
        ),
      ];
};

/** What is wrong with what a release wants, judged by the registration alone. */
export const checkWanted = (
  { targets, intent, eventId, underRedAlarms }: ReleaseInput,
  registration: Registration,
): readonly Reason[] =>
  firstOf([
    ...(eventId !== undefined && underRedAlarms !== undefined
      ? [reason('malformed-input', 'Only a person may release under red alarms, never a push')]
      : []),
    ...Object.entries(targets).flatMap(([name, wanted]) => {
      // A name such as `constructor` must not find what every object has.
      const target = Object.hasOwn(registration.targets, name)
        ? registration.targets[name]
        : undefined;
      if (target) return wrongWith(name, target, wanted, goesBack({ intent }));
      const known = Object.keys(registration.targets).join(', ');
      return [
        reason('unknown-target', `${registration.pair} has no target ${name}; it has ${known}`, {
          target: name,
        }),
      ];
    }),
  ]);

/** The reason against an image that its repository does not have. */
export const missingImage = (target: string, asked: string): Reason =>
  reason('no-such-image', `Image ${asked} does not exist: push it, or name one that does`, {
    target,
  });

/** The reason against a version that its function does not have. */
export const missingVersion = (target: string, wanted: string): Reason =>
  reason(
    'no-such-version',
    `${target} has no published version ${wanted}; write "latest" to publish what $LATEST holds`,
    { target },
  );

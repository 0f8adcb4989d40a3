import type { Wanted } from '../../release/input.ts';
import { type Reason, reason } from '../../release/reason.ts';
import type { LambdaTarget } from './registration.ts';

/** What is wrong with the version that is wanted of a function. */
export const wrongWithFunction = (
  { name }: LambdaTarget,
  wanted: Wanted,
  isBack: boolean,
): readonly Reason[] => {
  const about = { target: name };
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
        `A rollback of ${name} names the version to roll back to, not "latest"`,
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
